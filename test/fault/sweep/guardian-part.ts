/** The applier killed with a guardian beside it, which settles the run by itself; and the guardian killed while it does that. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
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
import { enumerate, MUTATING, type Target } from './system-calls.ts';
import { inject, runTraced } from './traced-process.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/recovery/recovery.mjs');
const MODES: readonly Mode[] = ['kept', 'reverted', 'interrupted'];
/** Points in a build: appliers killed, guardians killed. */
const APPLIERS = 40;
const GUARDIANS = 30;
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
    const undecided = outers.find(({ target }) => target.path?.endsWith('/decision') === true);
    const inner = undecided === undefined ? [] : await guardianPoints(bench, undecided);
    const appliers = outers.map(applierPoint);
    if (full) return [...appliers, ...inner];
    return [...choose(appliers, APPLIERS, random), ...choose(inner, GUARDIANS, random)];
  },
};

/** Kills the applier at the outer point and waits until nobody holds the lock. `node`: what starts the guardian. */
async function killGuarded(bench: Bench, root: string, { mode, target }: Outer, node: string) {
  const log = `${root}.log`;
  const strace = inject(root, target, 'signal=SIGKILL');
  const env = { SETPOINT_SWEEP_GUARDIAN: PROGRAM, SETPOINT_SWEEP_GUARDIAN_NODE: node };
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
      const missed = await killGuarded(bench, root, outer, process.execPath);
      const alone = await judge(root, { acknowledged: outer.side });
      const after = await bench.settle(root, { acknowledged: outer.side });
      await bench.done(root);
      return [...missed, ...alone, ...after];
    },
  };
}

async function guardianPoints(bench: Bench, outer: Outer): Promise<readonly Point[]> {
  const root = await bench.newRoot('recorded');
  const log = `${root}.guardian.log`;
  const record = ['-y', '-s', '400', '-e', `trace=${MUTATING}`];
  await killGuarded(bench, root, outer, traced(root, log, record));
  const { targets } = enumerate(log, root, { byPath: false });
  await bench.done(root);
  return targets.map((target) => guardianPoint(outer, target));
}

/** Its names are random and its threads take turns: a call nearby may be hit, which is as good. */
function guardianPoint(outer: Outer, target: Target): Point {
  return {
    id: `guardian:killed:${nameOf(target)}`,
    async run(bench) {
      const root = await bench.newRoot('recorded');
      const kill = inject(root, target, 'signal=SIGKILL');
      const node = traced(root, `${root}.guardian.log`, kill);
      const missed = await killGuarded(bench, root, outer, node);
      const violations = await bench.settle(root, { acknowledged: outer.side });
      await bench.done(root);
      return [...missed, ...violations];
    },
  };
}

/** A `node` that runs under strace. */
function traced(root: string, log: string, options: readonly string[]): string {
  const path = `${root}.node`;
  const strace = `strace -f -b execve -qq -o "${log}" ${options.join(' ')}`;
  const script = `#!/bin/sh\nUV_THREADPOOL_SIZE=1 exec ${strace} ${process.execPath} "$@"\n`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}
