/**
 * The library's transaction: SIGKILL before each of its changing calls, and calls that fail. All of its files are old or all are
 * new, what was told is true, recovery goes forward from the commit point on, and the recorded state is never touched.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bench, Start } from './bench.ts';
import { fingerprint, type Violation } from './judge.ts';
import { missedTarget, nameOf } from './kill-part.ts';
import { choose, type Part, type Point } from './point.ts';
import { STATE, type Side } from './scenario.ts';
import { straceMissing } from './strace-missing.ts';
import { enumerate, withoutRepeated, type Target } from './system-calls.ts';
import { inject, RECORD, runTraced, type Ended } from './traced-process.ts';

const PLACE = 'etc/library';
const ERRORS = ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EACCES'] as const;
const FAILING =
  /^(open|openat|write|pwrite64|fsync|fdatasync|ftruncate|rename|link|unlink|mkdir|rmdir)/;
/** Failing calls in a build. */
const FAILURES = 60;

export const LIBRARY: Part = {
  name: 'library',
  missing: straceMissing,
  async points(bench, { full, random }) {
    const points: Point[] = [];
    for (const start of ['recorded', 'fresh'] as const) {
      const all = await transactionCalls(bench, start);
      const commit = commitOf(all);
      const killed = new Set(full ? all : withoutRepeated(all));
      for (const [i, target] of all.entries()) {
        if (killed.has(target)) points.push(killPoint(start, target, i > commit ? 'new' : 'old'));
      }
      if (start === 'fresh') continue;
      const failing = all.filter(({ name }) => FAILING.test(name));
      const errors = failing.flatMap((target) =>
        (full ? ERRORS : choose(ERRORS, 1, random)).map((error) => failPoint(target, error)),
      );
      points.push(...(full ? errors : choose(errors, FAILURES, random)));
      points.push(...(await takenBackPoints(bench, all)));
    }
    return points;
  },
};

/** Text and permission bits by path below the place; a link with what it leads to. */
type Content = Readonly<Record<string, string>>;

const OLD: Content = {
  'a.conf': 'old a 640',
  'b.conf': 'old b 644',
  'from.conf': 'moved 600',
  'gone.conf': 'gone 644',
  'link.conf': '-> b.conf',
};
const NEW: Content = {
  'a.conf': 'new a 640',
  'b.conf': 'new b 644',
  'deep/er/c.conf': 'new c 644',
  'link.conf': '-> b.conf',
  'to/to.conf': 'moved 600',
};

function putOldFiles(root: string): void {
  mkdirSync(join(root, PLACE), { recursive: true, mode: 0o755 });
  for (const [name, content] of Object.entries(OLD)) {
    const path = join(root, PLACE, name);
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), path);
    else writeFileSync(path, content.slice(0, -4), { mode: Number.parseInt(content.slice(-3), 8) });
  }
}

/** Also names that should not be there: a stage, an unfinished file. */
function contentOf(root: string): Content {
  const entries = readdirSync(join(root, PLACE), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const pairs = files.map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    const stat = lstatSync(path);
    const text = entry.isSymbolicLink()
      ? '-> b.conf'
      : `${readFileSync(path, 'utf8')} ${(stat.mode & 0o777).toString(8)}`;
    return [path.slice(join(root, PLACE).length + 1), text];
  });
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sideOf(root: string): Side | null {
  const found = JSON.stringify(contentOf(root));
  if (found === JSON.stringify(OLD)) return 'old';
  return found === JSON.stringify(NEW) ? 'new' : null;
}

async function newRoot(bench: Bench, start: Start): Promise<string> {
  const root = await bench.newRoot(start);
  putOldFiles(root);
  return root;
}

function run(bench: Bench, root: string, strace: readonly string[]): Promise<Ended> {
  const log = `${root}.log`;
  return runTraced({ script: bench.script, root, action: 'transaction', log, strace });
}

async function transactionCalls(bench: Bench, start: Start): Promise<readonly Target[]> {
  const root = await newRoot(bench, start);
  const ended = await run(bench, root, RECORD);
  const { targets, unreachable } = enumerate(`${root}.log`, root);
  const side = sideOf(root);
  await bench.done(root);
  if (unreachable.length > 0) throw new Error(`cannot be counted: ${unreachable.join('; ')}`);
  if (side !== 'new')
    throw new Error(`the transaction did not end: ${ended.stdout}${ended.stderr}`);
  return targets;
}

/** The second record of the journal replaces the first: that rename commits and decides. */
function commitOf(calls: readonly Target[]): number {
  const journal = `/${STATE}/journal/`;
  const records = calls.flatMap(({ name, path }, i) =>
    name.startsWith('rename') && path?.startsWith(journal) === true ? [i] : [],
  );
  const [, commit] = records;
  if (records.length !== 2 || commit === undefined) throw new Error('no commit point was found');
  return commit;
}

function killPoint(start: Start, target: Target, side: Side): Point {
  return {
    id: `library:kill:${start}:${nameOf(target)}`,
    async run(bench) {
      const root = await newRoot(bench, start);
      const record = recordOf(root);
      await run(bench, root, inject(root, target, 'signal=SIGKILL'));
      const missed = missedTarget(`${root}.log`, target);
      const violations = await settle(bench, root, side, record);
      await bench.done(root);
      return [...missed, ...violations];
    },
  };
}

function failPoint(target: Target, error: string): Point {
  return {
    id: `library:error:${error}:${nameOf(target)}`,
    async run(bench) {
      const root = await newRoot(bench, 'recorded');
      const record = recordOf(root);
      const ended = await run(bench, root, inject(root, target, `error=${error}`));
      const told = toldBy(ended);
      const violations: Violation[] = [];
      if (told === null) {
        const detail = `${ended.stdout}${ended.stderr.slice(0, 500)}`;
        violations.push({ rule: 'a failing transaction tells how it ended', detail });
      }
      const side = told?.kept === true ? 'new' : 'old';
      const found = sideOf(root);
      // What is left to recovery may be seen half done; that is what `pending` tells.
      if (told !== null && told.pending === null && found !== side) {
        const detail = `${JSON.stringify(told)}, but the files are ${found ?? 'mixed'}`;
        violations.push({ rule: 'what was told is there before recovery', detail });
      }
      const undecided = told?.codes.includes('SP4267') === true;
      violations.push(...(await settle(bench, root, undecided ? null : side, record)));
      await bench.done(root);
      return violations;
    },
  };
}

/**
 * The committing record is in place but its directory cannot be synced, so it is taken back; and the process is killed at each name
 * that it removes then. Recovery must not go forward with the part of the stage that is left.
 */
async function takenBackPoints(bench: Bench, calls: readonly Target[]): Promise<readonly Point[]> {
  const commit = commitOf(calls);
  const sync = calls.findIndex(({ name }, i) => i > commit && name === 'fsync');
  const nth = calls.slice(0, sync + 1).filter(({ name }) => name === 'fsync').length;
  const unsynced = ['-e', `inject=fsync:error=EIO:when=${String(nth)}`];
  const root = await newRoot(bench, 'recorded');
  await run(bench, root, [...RECORD, ...unsynced]);
  const { targets } = enumerate(`${root}.log`, root, { byPath: false });
  await bench.done(root);
  const removing = targets
    .slice(commit)
    .filter(({ name }) => name === 'unlink' || name === 'rmdir');
  return removing.map((target) => ({
    id: `library:taken-back:${nameOf(target)}`,
    async run(mine) {
      const where = await newRoot(mine, 'recorded');
      const record = recordOf(where);
      const kill = `inject=${target.name}:signal=SIGKILL:when=${String(target.count)}`;
      await run(mine, where, ['-e', `trace=fsync,${target.name}`, ...unsynced, '-e', kill]);
      const missed = missedTarget(`${where}.log`, target);
      const violations = await settle(mine, where, 'old', record);
      await mine.done(where);
      return [...missed, ...violations];
    },
  }));
}

interface Told {
  readonly kept: boolean;
  readonly pending: string | null;
  readonly codes: readonly string[];
}

function toldBy({ stdout }: Ended): Told | null {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  } catch {
    return null;
  }
}

/** Recovers twice. `side`: the one that it has to be; null: either, but one. */
async function settle(
  bench: Bench,
  root: string,
  side: Side | null,
  record: string,
): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const first = await bench.recover(root);
  const open = first.outcomes.filter((outcome) => outcome.includes('open'));
  if (first.error !== null || open.length > 0) {
    violations.push({ rule: 'recovery settles', detail: first.error ?? open.join(', ') });
  }
  const found = sideOf(root);
  if (found === null || (side !== null && found !== side)) {
    const detail = `${JSON.stringify(contentOf(root))} instead of ${side ?? 'one side'}`;
    violations.push({ rule: 'all files are old or all are new', detail });
  }
  if (recordOf(root) !== record) {
    violations.push({ rule: 'the recorded state is not touched', detail: first.outcomes.join() });
  }
  violations.push(...leftovers(root, found));
  const before = fingerprint(root);
  const second = await bench.recover(root);
  const after = fingerprint(root);
  const changed = [...after.keys()].filter((path) => after.get(path) !== before.get(path));
  if (second.outcomes.length > 0 || changed.length > 0 || after.size !== before.size) {
    const detail = [...second.outcomes, ...changed].join(', ');
    violations.push({ rule: 'a second recovery has nothing to do', detail });
  }
  return violations;
}

function leftovers(root: string, side: Side | null): readonly Violation[] {
  const made = ['deep', 'to'].filter((name) => existsSync(join(root, PLACE, name)));
  const stray = [
    ...(side === 'old' ? made : []),
    ...names(join(root, STATE, 'journal')),
    ...names(join(root, PLACE)).filter((name) => name.startsWith('.')),
  ];
  return stray.map((detail) => ({ rule: 'nothing is left over', detail }));
}

/** Everything of the state repository that a write would change. */
function recordOf(root: string): string {
  const entries = [...fingerprint(root)].filter(([path]) => path.startsWith(`/${STATE}/state.git`));
  return JSON.stringify(entries);
}

function names(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
