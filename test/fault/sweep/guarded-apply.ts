import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../../src/host/clock.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import type { Bench } from './bench.ts';
import { guardianBeside } from './build-process.ts';
import type { Violation } from './judge.ts';
import { missedTarget } from './kill-part.ts';
import { STATE, type Mode, type Side } from './scenario.ts';
import type { Target } from './system-calls.ts';
import { inject, runTraced } from './traced-process.ts';

/** More than a guardian needs, milliseconds. */
const PATIENCE = 60_000 as Millis;
const POLL = 5;

/** Where the applier dies, and on which side its run then has to end. */
export interface Outer {
  readonly mode: Mode;
  readonly target: Target;
  readonly side: Side;
}

/** Kills the applier at the outer point and waits until nobody holds the lock. Gives what is wrong when another call was hit. */
export async function killGuarded(
  bench: Bench,
  root: string,
  { mode, target }: Outer,
  guardian: Readonly<Record<string, string>>,
): Promise<readonly Violation[]> {
  const log = `${root}.log`;
  const strace = inject(root, target, 'signal=SIGKILL');
  await runTraced({ script: bench.script, root, action: mode, log, strace, env: guardian });
  const lock = await ofdLocks(systemClock, '').acquire(
    join(root, STATE, 'lock') as RealPath,
    'sweep',
    PATIENCE,
  );
  lock.release();
  return missedTarget(log, target);
}

/** The same with strace's `options` on the guardian; gives strace's log of it, too. */
export async function killTraced(
  bench: Bench,
  root: string,
  outer: Outer,
  options: readonly string[],
): Promise<{ readonly missed: readonly Violation[]; readonly log: string }> {
  const log = `${root}.guardian`;
  const missed = await killGuarded(bench, root, outer, {
    SETPOINT_SWEEP_GUARDIAN: guardianBeside(bench.script),
    SETPOINT_SWEEP_GUARDIAN_NAMES: '2',
    SETPOINT_SWEEP_GUARDIAN_STRACE: JSON.stringify([
      '-f',
      '-b',
      'execve',
      '-q',
      '-o',
      log,
      ...options,
    ]),
  });
  await endOf(log);
  return { missed, log };
}

/** strace writes the end of a process after the kernel has freed its lock. Polls: it is nobody's child any more. */
async function endOf(log: string): Promise<void> {
  const late = performance.now() + PATIENCE;
  while (!existsSync(log) || !/\+\+\+ (?:exited|killed)/.test(readFileSync(log, 'utf8'))) {
    if (performance.now() > late) throw new Error(`${log}: the guardian was not seen to end`);
    await delay(POLL);
  }
}
