import { expect, it } from 'vitest';
import type { HostPath, WorkspaceName } from '../../../../src/model/brand.ts';
import type { RecordRule } from '../../../../src/model/plan-file.ts';
import {
  privateContent,
  privatePlans,
  recordRules,
} from '../../../../src/plan/adopting/private-content.ts';
import type { RecordRules } from '../../../../src/plan/adopting/private-content.ts';
import { observeLive } from './adopting-bench.ts';

const PATH = '/etc/key' as HostPath;
const KEY = ['-----BEGIN', 'PRIVATE', 'KEY-----\n'].join(' ');

interface Given {
  readonly live?: string | null;
  readonly recorded?: RecordRule;
  readonly said?: RecordRule;
  readonly item?: string;
}

function rulesOf({ live = 'x\n', recorded = 'full', said }: Given): RecordRules {
  const spec = { kind: 'file', path: PATH, content: Buffer.from('x'), source: null, record: said };
  return recordRules({
    workspace: 'prod' as WorkspaceName,
    recorded: { files: new Map([[PATH, { record: recorded, items: {} }]]) } as never,
    plans: [{ file: 'plans/p.yaml', resources: [{ id: 'r', spec }] }] as never,
    observed: observeLive({ [PATH]: live }),
  });
}

function refused(given: Given): string | null {
  const { item: label = 'content' } = given;
  const one = { file: { path: PATH, kind: 'file' }, item: { key: label, label } } as never;
  return privateContent(one, rulesOf(given))?.message ?? null;
}

it.each<[string, Given, unknown]>([
  ['a plain file goes into the workspace', {}, null],
  [
    'a secret that nobody knew of does not',
    { live: KEY },
    expect.stringMatching(/: the file holds a PEM private key$/),
  ],
  [
    'what is recorded without a copy does not',
    { recorded: 'digest' },
    expect.stringMatching(/\(record: digest\)$/),
  ],
  [
    'nor what a plan is to keep so from now on',
    { said: 'digest' },
    expect.stringMatching(/\(record: digest\)$/),
  ],
  ['it does where a plan says so', { live: KEY, recorded: 'digest', said: 'full' }, null],
  ['its mode does', { live: KEY, item: 'mode' }, null],
  ['that it is gone does', { live: null, recorded: 'digest' }, null],
])('%s', (_title, given, expected) => {
  expect(refused(given)).toEqual(expected);
});

it('plan files with such content are hidden themselves', () => {
  expect([...privatePlans(rulesOf({ recorded: 'digest' }))]).toEqual(['plans/p.yaml']);
  expect([...privatePlans(rulesOf({}))]).toEqual([]);
});
