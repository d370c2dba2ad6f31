/** The applier killed with a guardian beside it, which settles the run by itself. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/host/clock.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';
import type { Bench } from './bench.ts';
import { judge } from './judge.ts';
import { applyCalls, missedTarget, nameOf, sideAfter } from './kill-part.ts';
import { choose, type Part, type Point } from './point.ts';
import { STATE, type Mode, type Side } from './scenario.ts';
import { straceMissing } from './strace-missing.ts';
import type { Target } from './system-calls.ts';
import { inject, runTraced } from './traced-process.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/recovery/recovery.mjs');
const MODES: readonly Mode[] = ['kept', 'reverted', 'interrupted'];
/** Points in a build. */
const IN_A_BUILD = 40;
/** More than a guardian needs, milliseconds. */
const PATIENCE = 60_000 as Millis;

interface Outer {
  readonly mode: Mode;
  readonly target: Target;
  readonly side: Side;
}

export const GUARDIAN: Part = {
  name: 'guardian',
  missing: () => straceMissing() ?? (existsSync(PROGRAM) ? null : 'run `npm run build` first'),
  async points(bench, { full, random }) {
    const outers: Outer[] = [];
    for (const mode of MODES) {
      const calls = await applyCalls(bench, mode, 'recorded');
      const begun = calls.findIndex(
        ({ name, path }) => name === 'rename' && path?.includes('/journal/') === true,
      );
      for (const [i, target] of calls.entries()) {
        if (i <= begun || /sync/.test(target.name)) continue;
        outers.push({ mode, target, side: sideAfter(mode, calls, i) });
      }
    }
    const appliers = outers.map(applierPoint);
    return full ? appliers : choose(appliers, IN_A_BUILD, random);
  },
};

/** Kills the applier at the outer point and waits until nobody holds the lock. */
async function killGuarded(bench: Bench, root: string, { mode, target }: Outer) {
  const log = `${root}.log`;
  const strace = inject(root, target, 'signal=SIGKILL');
  const env = { SETPOINT_SWEEP_GUARDIAN: PROGRAM };
  await runTraced({ script: bench.script, root, action: mode, log, strace, env });
  const lock = await ofdLocks(systemClock, '').acquire(
    join(root, STATE, 'lock') as RealPath,
    'sweep',
    PATIENCE,
  );
  lock.release();
  return missedTarget(log, target);
}

/** Nobody recovers: what the guardian left is judged as it is. */
function applierPoint(outer: Outer): Point {
  return {
    id: `guardian:${outer.mode}:${nameOf(outer.target)}`,
    async run(bench) {
      const root = await bench.newRoot('recorded');
      const missed = await killGuarded(bench, root, outer);
      const alone = await judge(root, { acknowledged: outer.side });
      const after = await bench.settle(root, { acknowledged: outer.side });
      await bench.done(root);
      return [...missed, ...alone, ...after];
    },
  };
}
