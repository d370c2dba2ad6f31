/** Recovery itself killed before every changing call, after an apply killed at some point. */
import type { Bench, Start } from './bench.ts';
import { applyCalls, killApply, missedTarget, nameOf, sideAfter } from './kill-part.ts';
import { choose, type Part, type Point } from './point.ts';
import { MODES, type Mode, type Side } from './scenario.ts';
import { straceMissing } from './strace-missing.ts';
import { enumerate, withoutRepeated, type Target } from './system-calls.ts';
import { inject, RECORD, runTraced } from './traced-process.ts';

/** Outer points in a build. */
const OUTER = 5;

interface Outer {
  readonly mode: Mode;
  readonly start: Start;
  readonly target: Target;
  readonly side: Side;
}

export const RECOVERY: Part = {
  name: 'recovery',
  missing: straceMissing,
  async points(bench, { full, random }) {
    const outers: Outer[] = [];
    for (const [mode, start] of places(full)) {
      const all = await applyCalls(bench, mode, start);
      const kept = new Set(full ? all : withoutRepeated(all));
      for (const [i, target] of all.entries()) {
        if (!kept.has(target) || !opensRun(all, i)) continue;
        outers.push({ mode, start, target, side: sideAfter(mode, all, i) });
      }
    }
    const chosen = full ? outers : choose(outers, OUTER, random);
    return chosen.map((outer) => ({
      id: idOf(outer),
      points: (mine) => innerPoints(mine, outer, full),
    }));
  },
};

function places(full: boolean): readonly (readonly [Mode, Start])[] {
  const recorded = MODES.map((mode) => [mode, 'recorded'] as const);
  return full ? [...recorded, ['kept', 'fresh']] : recorded;
}

function idOf({ mode, start, target }: Outer): string {
  return `recovery:${mode}:${start}:${nameOf(target)}+`;
}

/** Before the journal is there recovery has nothing to do. */
function opensRun(calls: readonly Target[], index: number): boolean {
  const journal = calls.findIndex(({ name, path }) => name === 'rename' && isJournal(path));
  return index > journal;
}

function isJournal(path: string | null): boolean {
  return path?.includes('/journal/') === true;
}

async function innerPoints(bench: Bench, outer: Outer, full: boolean): Promise<readonly Point[]> {
  const { mode, start, target } = outer;
  const root = await bench.newRoot(start);
  await killApply(bench, root, mode, target);
  const log = `${root}.log`;
  const { script } = bench;
  await runTraced({ script, root, action: 'recover', log, strace: RECORD, names: '2' });
  const { targets, unreachable } = enumerate(log, root);
  await bench.done(root);
  if (unreachable.length > 0) throw new Error(`cannot be counted: ${unreachable.join('; ')}`);
  return (full ? targets : withoutRepeated(targets)).map((inner) => innerPoint(outer, inner));
}

function innerPoint(outer: Outer, inner: Target): Point {
  const { mode, start, target, side } = outer;
  return {
    id: idOf(outer) + nameOf(inner),
    async run(bench) {
      // Made anew for each: a copy would have other inodes than the journal names.
      const root = await bench.newRoot(start);
      const missed = [...(await killApply(bench, root, mode, target))];
      const log = `${root}.log`;
      const { script } = bench;
      const strace = inject(root, inner, 'signal=SIGKILL');
      await runTraced({ script, root, action: 'recover', log, strace, names: '2' });
      missed.push(...missedTarget(log, inner));
      const violations = await bench.settle(root, { acknowledged: side });
      await bench.done(root);
      return [...missed, ...violations];
    },
  };
}
