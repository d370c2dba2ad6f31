import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { ApplyResult } from '../../../src/operations/results.ts';
import { CONF } from './gate-wait.ts';
import { filePlan } from './plan-text.ts';
import type { Rig } from './rig.ts';

/** Applies a level of the plan `app`, to be confirmed within an hour. Gives the run that waits. */
export async function applyToConfirm(rig: Rig, level = 2): Promise<string> {
  const content = `level = ${String(level)}\n`;
  await rig.workspace.plan('app', filePlan({ content }));
  await rig.workspace.commit(`level ${String(level)}`);
  const answer = await rig.applied('--confirm-within', '1h', '--json');
  const { runs } = answer.json<ApplyResult>().result;
  expect(runs).toMatchObject([{ outcome: 'awaiting-confirmation' }]);
  expect(await rig.read(CONF)).toBe(content);
  return runs[0]?.run ?? '';
}

/** The guardian has taken the run over and waits: before that it would find damage itself, and act at once. */
export async function guardianWaits(rig: Rig, run: string): Promise<void> {
  const log = `${rig.stateDir}/guardian.log`;
  await expect
    .poll(async () => (existsSync(log) ? readFile(log, 'utf8') : ''), { timeout: 20_000 })
    .toContain(`run ${run} waits until`);
}
