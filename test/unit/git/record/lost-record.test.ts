import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendAudit } from '../../../../src/git/audit/audit-log.ts';
import { scratchDirectory } from '../scratch.ts';
import { change, commitChange, newState } from '../state-samples.ts';

const at = { time: '2026-01-01T00:00:00Z', run: '01JC0000000000000000000001' };

test('a first run that ended without a commit, or says what a commit looks like, proves no record', async () => {
  const stateDir = scratchDirectory();
  const state = newState({ stateDir });
  await appendAudit(stateDir, { ...at, event: 'run-started' });
  const reason = `"commits":["${'1'.repeat(40)}"]`;
  await appendAudit(stateDir, { ...at, event: 'run-ended', reason, commits: [] });
  expect(await state.head()).toBeNull();
});

test('a run that recorded something, long ago too, keeps an empty repository from being taken for a new one', async () => {
  const stateDir = scratchDirectory();
  const state = newState({ stateDir });
  const first = await commitChange(state, change('/a'));
  await appendAudit(stateDir, { ...at, event: 'run-ended', commits: [first] });
  for (let i = 0; i < 300; i += 1) {
    await appendAudit(stateDir, { ...at, event: 'run-ended', commits: [] });
  }
  rmSync(state.dir, { recursive: true });
  await expect(state.load()).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining(`the audit log names its commit ${first}`),
  });
});

test('a branch that is lost together with its log is put back to the commit that the audit log names', async () => {
  const stateDir = scratchDirectory();
  const state = newState({ stateDir });
  const first = await commitChange(state, change('/a'));
  await appendAudit(stateDir, { ...at, event: 'run-ended', commits: [first] });
  rmSync(join(state.dir, 'refs/heads/setpoint'), { recursive: true });
  rmSync(join(state.dir, 'logs'), { recursive: true });
  await expect(state.head()).rejects.toMatchObject({
    diagnostics: [{ code: 'SP5011', help: expect.stringContaining(`cp-1 ${first}\``) }],
  });
});
