import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/kinds/registry.ts';
import type { HostName, HostPath, ItemKey, WorkspacePath } from '../../../../src/model/brand.ts';
import type { ItemToAdopt } from '../../../../src/plan/adopting/adoption.ts';
import { declaredItems } from '../../../../src/plan/drift/declared-items.ts';
import { proveAdoption } from '../../../../src/plan/adopting/prove-adoption.ts';
import type { Reading } from '../../../../src/plan/adopting/prove-adoption.ts';
import { GATE_DEFAULTS } from '../../../../src/plan/files/gate-defaults.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import type { PlanDocument } from '../../../../src/plan/files/parse-plan.ts';
import { resolveWorkspace } from '../../../../src/plan/files/resolve-workspace.ts';
import { good, observeLive, pod } from './adopting-bench.ts';

const FILE = '/m/api.yaml';
const PLAN = `setpoint: v1
name: p
vars: {x: 1}
hostVars: {cp-2: {x: 2}}
resources:
  api:
    kind: manifest
    path: ${FILE}
    restartProof: weak
    flags: {v: 2, w: 1, l: {include: [A, B]}}
    gates: [{kind: tcp, host: a, port: 80}]
`;
const V: ItemToAdopt = {
  path: FILE as HostPath,
  kind: 'manifest',
  key: 'flags/api/v' as ItemKey,
  label: '--v',
  live: '9',
  bytes: null,
};

const JOBS = '/srv/jobs.yaml';
const observed = observeLive({
  [FILE]: pod('--v=9'),
  [JOBS]: 'schedules: [{skill_name: a, schedule: "0 9 * * *"}]\nglobal: {timezone: UTC}\n',
});

function read(text: string): { readonly document: PlanDocument; readonly reading: Reading } {
  const document = good(parsePlanFile(text, 'plans/p.yaml' as WorkspacePath));
  const context = {
    host: 'cp-1' as HostName,
    vars: {},
    defaults: GATE_DEFAULTS,
    readSource: () => ({ problem: 'it does not exist' }),
  };
  const { plans } = good(resolveWorkspace([document], context));
  return {
    document,
    reading: { plans, declared: declaredItems(plans, { observed, kindOf }).items },
  };
}

/** What speaks against adopting `--v=9` by this text, which may change the file at `paths`. */
function against(text: string, ...paths: readonly string[]): readonly string[] {
  const [before, after] = [read(PLAN), read(text)];
  const given = ['resources.api.flags.v', ...paths].map((path) => path.split('.'));
  return proveAdoption({
    items: [V],
    before: before.reading,
    after: after.reading,
    edited: [{ before: before.document, after: after.document, paths: given }],
    sources: [],
    kindOf,
  }).map(({ message }) => message);
}

const ADOPTED = PLAN.replace('v: 2', 'v: 9');

describe('the proof of an adoption', () => {
  it('has nothing against what was wanted, in any spelling', () => {
    expect(against(ADOPTED)).toEqual([]);
    expect(against(`# why\n${ADOPTED.replace('v: 9', "v: '9'")}`)).toEqual([]);
  });

  it.each([
    ['another value', 'v: 9', 'v: 8', '--v of /m/api.yaml would not be as it is on the host'],
    ['no value at all', 'v: 9, ', '', '--v of /m/api.yaml would not be as it is on the host'],
    ['another item', 'w: 1', 'w: 3', 'plans/p.yaml would change at resources.api.flags.w, too'],
    [
      'another order',
      '[A, B]',
      '[B, A]',
      'plans/p.yaml would change at resources.api.flags.l.include.0, too',
    ],
    [
      'one element more',
      '[A, B]',
      '[A, B, C]',
      'plans/p.yaml would change at resources.api.flags.l.include, too',
    ],
    [
      'a gate',
      'port: 80',
      'port: 81',
      'plans/p.yaml would change at resources.api.gates.0.port, too',
    ],
    [
      'a variable of another host',
      '{x: 2}',
      '{x: 3}',
      'plans/p.yaml would change at hostVars.cp-2.x, too',
    ],
    [
      'a new key',
      'name: p',
      'name: p\ndescription: d',
      'plans/p.yaml would change at description, too',
    ],
  ])('finds %s', (_title, from, to, message) => {
    const text = ADOPTED.replace(from, to);
    expect(text).not.toBe(ADOPTED);
    expect(against(text)).toContain(message);
  });

  it('finds what an allowed place changes beyond the item', () => {
    const other = ADOPTED.replace('w: 1', 'w: 3');
    expect(against(other, 'resources.api.flags.w')).toEqual([
      'what p/api wants of /m/api.yaml (--w) would change, too',
    ]);
    const order = ADOPTED.replace('[A, B]', '[B, A]');
    expect(against(order, 'resources.api.flags.l')).toHaveLength(1);
    const gate = ADOPTED.replace('port: 80', 'port: 81');
    expect(against(gate, 'resources.api.gates')).toEqual([
      'gates, actions or paths of plan p would change, too',
    ]);
  });
});

function resource(entry: string): string {
  return `setpoint: v1\nname: p\nresources:\n  r:\n    kind: schedule\n    path: ${JOBS}\n    dialect: crontab\n    entries: {a: ${entry}}\n    global: {timezone: UTC}\n`;
}

describe('the proof of an adoption in a file of schedules', () => {
  const [was, is] = ['{schedule: 0 3 * * *}', '{schedule: 0 9 * * *}'];

  it.each<[string, string, readonly string[]]>([
    ['what was wanted', resource(is), []],
    [
      'another setting, also where the place may change',
      resource(is).replace('UTC', 'Asia/Tokyo'),
      ['what p/r wants of /srv/jobs.yaml (global:timezone) would change, too'],
    ],
    [
      'another reader',
      resource(is).replace('crontab', 'kubernetes'),
      ['gates, actions or paths of plan p would change, too'],
    ],
  ])('against %s', (_what, text, expected) => {
    const [before, after] = [read(resource(was)), read(text)];
    const adopted = {
      path: JOBS as HostPath,
      kind: 'schedule',
      key: 'entry:a' as ItemKey,
    } as const;
    const live = JSON.stringify({ skill_name: 'a', schedule: '0 9 * * *' });
    const problems = proveAdoption({
      items: [{ ...adopted, label: 'entry:a', live, bytes: null }],
      before: before.reading,
      after: after.reading,
      edited: [{ before: before.document, after: after.document, paths: [['resources', 'r']] }],
      sources: [],
      kindOf,
    });
    expect(problems.map(({ message }) => message)).toEqual(expected);
  });
});
