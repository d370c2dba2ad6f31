/** SIGKILL before every changing call of an apply, then recovery. */
import type { Bench, Start } from './bench.ts';
import type { Violation } from './judge.ts';
import type { Part, Point } from './point.ts';
import { MODES, SIGNED, type Mode, type Side, type Signed } from './scenario.ts';
import { straceMissing } from './strace-missing.ts';
import { enumerate, killedAt, withoutRepeated, type Target } from './system-calls.ts';
import { inject, RECORD, runTraced } from './traced-process.ts';

export const KILL: Part = {
  name: 'kill',
  missing: straceMissing,
  async points(bench, { full }) {
    const points: Point[] = [];
    for (const mode of [...MODES, ...(full ? SIGNED : SIGNED.slice(0, 1))]) {
      // A first apply differs from a later one in making the repository: once is enough for a build.
      const starts: readonly Start[] =
        full || mode === 'kept' ? ['recorded', 'fresh'] : ['recorded'];
      for (const start of starts) {
        const all = await applyCalls(bench, mode, start);
        const kept = new Set(full ? all : withoutRepeated(all));
        for (const [i, target] of all.entries()) {
          if (kept.has(target))
            points.push(killPoint(mode, start, target, sideAfter(mode, all, i)));
        }
      }
    }
    return points;
  },
};

/** Every changing call of an undisturbed apply, in order. */
export async function applyCalls(
  bench: Bench,
  mode: Mode | Signed,
  start: Start,
): Promise<readonly Target[]> {
  const root = await bench.newRoot(start);
  const log = `${root}.log`;
  const { script } = bench;
  const ended = await runTraced({ script, root, action: mode, log, strace: RECORD });
  const { targets, unreachable } = enumerate(log, root);
  await bench.done(root);
  if (unreachable.length > 0) throw new Error(`cannot be counted: ${unreachable.join('; ')}`);
  const expected =
    { kept: 'applied', 'kept-signed': 'applied', abandoned: 'interrupted' }[mode as string] ??
    'reverted';
  if (!ended.stdout.includes(`"${expected}"`))
    throw new Error(`${mode}: ${ended.stdout}${ended.stderr}`);
  // The workspace is the user's, and written by the scenario itself.
  return targets.filter(({ path }) => path?.startsWith('/workspace') !== true);
}

/** The side that a kill before call `index` has to end on: new once `keep` is decided. */
export function sideAfter(mode: Mode | Signed, calls: readonly Target[], index: number): Side {
  if (!mode.startsWith('kept')) return 'old';
  const decided = calls.findIndex(({ name, path }) => name.startsWith('link') && isDecision(path));
  if (decided === -1) throw new Error('nothing was decided');
  return index > decided ? 'new' : 'old';
}

function isDecision(path: string | null): boolean {
  return path?.endsWith('/decision') === true;
}

export function nameOf({ name, path, count }: Target): string {
  return `${name}:${path ?? ''}:${String(count)}`;
}

function killPoint(mode: Mode | Signed, start: Start, target: Target, side: Side): Point {
  return {
    id: `kill:${mode}:${start}:${nameOf(target)}`,
    async run(bench) {
      const root = await bench.newRoot(start);
      const missed = await killApply(bench, root, mode, target);
      const violations = await bench.settle(root, { acknowledged: side });
      await bench.done(root);
      return [...missed, ...violations];
    },
  };
}

/** Runs the apply and kills it before `target`. Gives what is wrong when another call was hit, or none. */
export async function killApply(
  bench: Bench,
  root: string,
  mode: Mode | Signed,
  target: Target,
): Promise<readonly Violation[]> {
  const log = `${root}.log`;
  const strace = inject(root, target, 'signal=SIGKILL');
  await runTraced({ script: bench.script, root, action: mode, log, strace });
  return missedTarget(log, target);
}

export function missedTarget(log: string, target: Target): readonly Violation[] {
  const { name, killed } = killedAt(log);
  if (killed && name === target.name) return [];
  const detail = killed ? `it hit ${name ?? 'nothing'}` : 'the program was not killed';
  return [{ rule: 'the kill lands on the wanted call (harness)', detail }];
}
