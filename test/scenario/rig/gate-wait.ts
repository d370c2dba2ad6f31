import { expect } from 'vitest';
import { lockHolders } from '../../../src/host/lock-holders.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import { systemClock } from '../../../src/host/clock.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import { commandGate, filePlan } from './plan-text.ts';
import type { Rig } from './rig.ts';
import type { SetpointProcess } from './setpoint-process.ts';
import { waitForFile } from './wait-for-file.ts';

export const CONF = '/etc/app/app.conf';

/** Writes and commits level 2 of the plan `app`, whose gate is red until `<dir>/open` exists and marks `<dir>/asked`. */
export async function planLevelTwo(rig: Rig, phases = 'after'): Promise<void> {
  const script = `touch ${rig.dir}/asked; test -e ${rig.dir}/open`;
  const gates = [commandGate(script, { within: '60s', phases })];
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates }));
  await rig.workspace.commit('level 2');
}

/** Starts an apply of level 2 and resolves once its gate was asked: the new file is in place. */
export async function applyInGateWait(
  rig: Rig,
  ...args: readonly string[]
): Promise<SetpointProcess> {
  await planLevelTwo(rig);
  const running = rig.start('apply', '--auto-approve', ...args);
  await Promise.race([waitForFile(`${rig.dir}/asked`), running.result]);
  expect(await rig.read(CONF)).toBe('level = 2\n');
  return running;
}

export function lockFile(rig: Rig): RealPath {
  return `${rig.stateDir}/lock` as RealPath;
}

/** The guardian that shares the lock with `applier`. */
export function guardianOf(rig: Rig, applier: SetpointProcess): number {
  const [guardian, ...more] = lockHolders(lockFile(rig)).filter((pid) => pid !== applier.pid);
  if (guardian === undefined || more.length > 0) throw new Error('there is not one guardian');
  return guardian;
}

/** Resolves when nobody has the run lock any more: the kernel says so. */
export async function lockIsFree(rig: Rig): Promise<void> {
  const locks = ofdLocks(systemClock, 'test');
  (await locks.acquire(lockFile(rig), 'test', 60_000 as Millis)).release();
}
