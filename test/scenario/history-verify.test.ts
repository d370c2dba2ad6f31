import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chainRecord, parseRecord, recordLine } from '../../src/git/audit/audit-record.ts';
import type { AuditRecord } from '../../src/git/audit/audit-record.ts';
import type { HistoryVerifyResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
let log: string;
beforeEach(async () => {
  rig = await createRig();
  log = join(rig.stateDir, 'audit.jsonl');
  for (const content of ['one\n', 'two\n']) {
    await rig.workspace.plan('app', filePlan({ content }));
    await rig.workspace.commit(content);
    await rig.applied();
  }
});
afterEach(() => rig.close());

async function lines(): Promise<readonly string[]> {
  return (await readFile(log, 'utf8')).trimEnd().split('\n');
}

/** A chain as sound as the real one, of records that say something else. */
function forged(texts: readonly string[]): string {
  let last: AuditRecord | null = null;
  return texts
    .map((text) => {
      const { seq: _seq, prev: _prev, hash: _hash, ...event } = parseRecord(text) as AuditRecord;
      last = chainRecord(last, event);
      return recordLine(last);
    })
    .join('');
}

it('history verify finds nothing wrong after runs, and needs no workspace', async () => {
  await rm(rig.workspace.dir, { recursive: true });
  const ran = await rig.setpointIn(rig.dir, ['history', 'verify', '--json']);
  expect(ran.code).toBe(0);
  expect(ran.json<HistoryVerifyResult>().result).toMatchObject({
    commits: 2,
    named: 2,
    audit: { records: 4, bound: 3 },
    problems: [],
  });
  const { stdout } = await rig.setpointIn(rig.dir, ['history', 'verify']);
  expect(stdout).toContain('is unbroken and has all that the commits name.');
});

it('history verify names the line that was changed', async () => {
  const text = await readFile(log, 'utf8');
  await writeFile(log, text.replace('"run-ended"', '"run-endet"'));
  const ran = await rig.exits(1, 'history', 'verify');
  expect(ran.stderr).toMatch(/error\[SP5051\].*line 2 is no record/);
  expect(ran.stdout.trimEnd().split('\n').at(-1)).toMatch(/^The audit log of \S+ is not sound\.$/);
});

it('history verify finds a log that was written anew with a sound chain, also where only an old record was left out', async () => {
  const all = await lines();
  await writeFile(log, forged(all.slice(1)));
  const ran = await rig.exits(1, 'history', 'verify');
  expect(ran.stderr).toMatch(
    /was replaced or cut: no record .*, nor 1 more that earlier ones name/,
  );
  await rm(log);
  expect((await rig.exits(1, 'history', 'verify')).stderr).toContain('audit.jsonl is gone');
});
