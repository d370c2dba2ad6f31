/**
 * The applier killed with a guardian beside it, which settles the run by itself; and that guardian killed before each of its own
 * changing calls, so that the next command settles it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { killGuarded, killTraced, type Outer } from './guarded-apply.ts';
import type { Bench } from './bench.ts';
import { applyCalls, missedTarget, nameOf, sideAfter } from './kill-part.ts';
import { choose, type Part, type Point, type PointGroup } from './point.ts';
import type { Mode } from './scenario.ts';
import { seeded } from './seeded.ts';
import { judgeSettled } from './settle-and-judge.ts';
import { straceMissing } from './strace-missing.ts';
import { enumerate, withoutRepeated, type Target } from './system-calls.ts';
import { inject, RECORD } from './traced-process.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/recovery/recovery.mjs');
const MODES: readonly Mode[] = ['kept', 'reverted', 'renewed', 'interrupted'];
/** In a build: killed appliers; those whose guardian is killed, too, and at how many of its calls each. */
const APPLIERS = 150;
const GUARDIANS = 8;
const CALLS = 5;

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
    const alone = full ? outers : choose(outers, APPLIERS, random);
    const both = full ? outers : choose(outers, GUARDIANS, random);
    return [
      ...alone.map(applierPoint),
      ...both.map((outer) => guardianGroup(outer, full ? null : seeded(random() * 2 ** 32))),
    ];
  },
};

/** Nobody recovers: what the guardian left is judged as it is. */
function applierPoint(outer: Outer): Point {
  return {
    id: `guardian:${outer.mode}:${nameOf(outer.target)}`,
    async run(bench) {
      const root = await bench.newRoot('recorded');
      const missed = await killGuarded(bench, root, outer, { SETPOINT_SWEEP_GUARDIAN: PROGRAM });
      const recover = (where: string) => bench.recover(where);
      const violations = await judgeSettled(root, recover, { acknowledged: outer.side });
      await bench.done(root);
      return [...missed, ...violations];
    },
  };
}

/** Calls of the guardian that settles what died at `outer`; all of them, or some that `random` chooses. */
function guardianGroup(outer: Outer, random: (() => number) | null): PointGroup {
  return {
    id: `guardian:killed:${outer.mode}:${nameOf(outer.target)}+`,
    async points(bench) {
      const calls = await guardianCalls(bench, outer);
      const chosen = random === null ? calls : choose(withoutRepeated(calls), CALLS, random);
      return chosen.map((inner) => guardianPoint(outer, inner));
    },
  };
}

async function guardianCalls(bench: Bench, outer: Outer): Promise<readonly Target[]> {
  const root = await bench.newRoot('recorded');
  const { missed, log } = await killTraced(bench, root, outer, RECORD);
  const { targets, unreachable } = enumerate(log, root);
  await bench.done(root);
  if (missed.length > 0) throw new Error(missed.map(({ detail }) => detail).join('; '));
  if (unreachable.length > 0) throw new Error(`cannot be counted: ${unreachable.join('; ')}`);
  return targets;
}

/** Both are gone: `recover` settles what the guardian had begun to settle. */
function guardianPoint(outer: Outer, inner: Target): Point {
  return {
    id: `guardian:killed:${outer.mode}:${nameOf(outer.target)}+${nameOf(inner)}`,
    async run(bench) {
      const root = await bench.newRoot('recorded');
      const strace = inject(root, inner, 'signal=SIGKILL');
      const { missed, log } = await killTraced(bench, root, outer, strace);
      const violations = await bench.settle(root, { acknowledged: outer.side });
      const unhurt = missedTarget(log, inner);
      await bench.done(root);
      return [...missed, ...unhurt, ...violations];
    },
  };
}
