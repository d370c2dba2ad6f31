/** Calls that fail once, or from some moment on: all-old or all-new, and what is told is true, without and after recovery. */
import type { Bench } from './bench.ts';
import { sideOf } from './judge-files.ts';
import { applyCalls, nameOf } from './kill-part.ts';
import type { Violation } from './judge.ts';
import { choose, type Part, type Point } from './point.ts';
import type { Mode, Side } from './scenario.ts';
import { straceMissing } from './strace-missing.ts';
import type { Target } from './system-calls.ts';
import { inject, runTraced, type Ended } from './traced-process.ts';

const ERRORS = ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EACCES'] as const;
const FAILING =
  /^(open|openat|write|pwrite64|fsync|fdatasync|ftruncate|rename|link|unlink|mkdir|rmdir)/;
/** Calls that can be made to fail from one of them on without a path: nothing but files is named by them. */
const FROM_ON = ['rename', 'link', 'mkdir', 'fsync', 'unlink'] as const;
/** Points in a build, of a mode: calls that fail once, calls that fail from one on. */
const ONCE = 90;
const ONWARDS = 25;
const MODES: readonly Mode[] = ['kept', 'reverted'];

export const ERROR: Part = {
  name: 'error',
  missing: straceMissing,
  async points(bench, { full, random }) {
    const points: Point[] = [];
    for (const mode of MODES) {
      const calls = await applyCalls(bench, mode, 'recorded');
      const failing = calls.filter(({ name }) => FAILING.test(name));
      const once = failing.flatMap((target) =>
        (full ? ERRORS : choose(ERRORS, 1, random)).map((error) =>
          failPoint(mode, target, error, ''),
        ),
      );
      const onwards = FROM_ON.flatMap((name) => {
        const count = calls.filter((call) => call.name === name).length;
        // The scenario makes two directories itself.
        const before = name === 'mkdir' ? 2 : 0;
        return Array.from({ length: count }, (_, i) => ({
          name,
          path: null,
          count: before + i + 1,
        }));
      }).flatMap((target) =>
        (full ? (['ENOSPC', 'EIO'] as const) : choose(['ENOSPC', 'EIO'] as const, 1, random)).map(
          (error) => failPoint(mode, target, error, '+'),
        ),
      );
      if (full) points.push(...once, ...onwards);
      else points.push(...choose(once, ONCE, random), ...choose(onwards, ONWARDS, random));
    }
    return points;
  },
};

function failPoint(mode: Mode, target: Target, error: string, from: '' | '+'): Point {
  return {
    id: `error:${mode}:${error}:${nameOf(target)}${from}`,
    async run(bench: Bench) {
      const root = await bench.newRoot('recorded');
      const strace = inject(root, target, `error=${error}`, from);
      const log = `${root}.log`;
      const { script } = bench;
      const ended = await runTraced({ script, root, action: mode, log, strace });
      const told = judgeTold(ended, root);
      const violations = await bench.settle(root, { acknowledged: sideTold(ended) });
      await bench.done(root);
      return [...told, ...violations];
    },
  };
}

interface Told {
  readonly outcome: string;
  readonly reason: string | null;
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

function parse({ stdout }: Ended): Told | null {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  } catch {
    return null;
  }
}

export function sideTold(ended: Ended): Side | null {
  const told = parse(ended);
  return told === null ? null : told.outcome === 'applied' ? 'new' : 'old';
}

/** What the failing apply told is for people, and already true before anything is recovered. */
export function judgeTold(ended: Ended, root: string): readonly Violation[] {
  const told = parse(ended);
  if (told === null) {
    const detail = `status ${String(ended.status)}: ${ended.stdout}${ended.stderr.slice(0, 500)}`;
    return [{ rule: 'a failing apply tells how it ended', detail }];
  }
  const violations: Violation[] = [];
  const { outcome, reason, diagnostics } = told;
  const words = [reason ?? '', ...diagnostics.map(({ message }) => message)].join('; ');
  if (/internal error|\n\s+at /.test(words) || /^\s+at /m.test(ended.stderr)) {
    violations.push({ rule: 'errors are for people', detail: words + ended.stderr.slice(0, 500) });
  }
  const coded = diagnostics.length > 0 || /SP\d{4}|not healthy|action /.test(words);
  if (outcome !== 'applied' && !coded) {
    violations.push({ rule: 'errors have a code', detail: JSON.stringify(told) });
  }
  const side = sideOf(root);
  const expected = outcome === 'applied' ? 'new' : 'old';
  if (outcome !== 'revert-failed' && side !== expected) {
    const detail = `told ${outcome}, the files are ${side ?? 'mixed'}; ${words}`;
    violations.push({ rule: 'what was told is there before recovery', detail });
  }
  return violations;
}
