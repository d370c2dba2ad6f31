import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auditOfRun } from '../../../../src/git/audit/audit-lines.ts';
import { appendAudit, auditFile } from '../../../../src/git/audit/audit-log.ts';
import type { RunId } from '../../../../src/model/brand.ts';
import { scratchDirectory } from '../scratch.ts';

const ONE = '01JC0000000000000000000001' as RunId;
const TWO = '01JC0000000000000000000002' as RunId;
const RUNS = [ONE, TWO];

async function log(): Promise<string> {
  const dir = scratchDirectory();
  for (const event of ['run-started', 'run-ended']) {
    for (const run of RUNS) await appendAudit(dir, { time: 't', event, run, note: ONE });
  }
  return dir;
}

test('the audit rows of a run are those that are about it, in their order', async () => {
  // Every row names run one.
  const { rows, damaged } = await auditOfRun(await log(), ONE);
  expect(rows.map(({ seq, event }) => [seq, event])).toEqual([
    [1, 'run-started'],
    [3, 'run-ended'],
  ]);
  expect(damaged).toEqual([]);
  expect(await auditOfRun(scratchDirectory(), ONE)).toEqual({ rows: [], damaged: [] });
});

test('a row that was changed is not believed, its line is named', async () => {
  const dir = await log();
  const text = readFileSync(auditFile(dir), 'utf8').split('\n');
  writeFileSync(
    auditFile(dir),
    text.with(3, text[3]!.replace('run-ended', 'run-begun')).join('\n'),
  );
  const { rows, damaged } = await auditOfRun(dir, TWO);
  expect(rows.map(({ seq }) => seq)).toEqual([2]);
  expect(damaged).toEqual([4]);
});
