/**
 * What must be true of the scenario's host once everything is settled, looked at from outside: with git, the kernel's lock and
 * plain file calls. `judge` changes nothing and does not recover: run recovery first (settle-and-judge.ts does both).
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeFiles, listBelow, sideOf } from './judge-files.ts';
import { judgeRecord } from './judge-record.ts';
import { STATE, type Side } from './scenario.ts';

/** A broken promise: which one, and what was seen. */
export interface Violation {
  readonly rule: string;
  readonly detail: string;
}

export interface Facts {
  /** The one side that is right, when the applier told its result before it died. */
  readonly acknowledged?: Side | null;
  /** Whether the file system of the targets keeps attributes; default true. */
  readonly attributes?: boolean;
}

/** Every broken promise under `root`; none when all is well. */
export async function judge(root: string, facts: Facts = {}): Promise<readonly Violation[]> {
  const violations = [
    ...(await judgeFiles(root, facts.attributes ?? true)),
    ...judgeLeftovers(root),
  ];
  const side = sideOf(root);
  if (side === null) return violations;
  const acknowledged = facts.acknowledged ?? null;
  if (acknowledged !== null && acknowledged !== side) {
    violations.push({
      rule: 'what was told is what is there',
      detail: `the applier told ${acknowledged}, the files are ${side}`,
    });
  }
  return [...violations, ...judgeReports(root, side), ...(await judgeRecord(root, side))];
}

/** Unfinished files, stages, journals and git locks anywhere under the root. */
function judgeLeftovers(root: string): Violation[] {
  const left = listBelow(root).filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path.startsWith(`/${STATE}/state.git/objects/`)) return false;
    if (path.startsWith(`/${STATE}/journal/`)) return true;
    return name.startsWith('.setpoint') || (path.includes('/state.git/') && name.endsWith('.lock'));
  });
  return left.map((path) => ({ rule: 'nothing is left over', detail: path }));
}

/** A report tells the truth about its run. */
function judgeReports(root: string, side: Side): Violation[] {
  const violations: Violation[] = [];
  const runs = join(root, STATE, 'runs');
  const run = existsSync(runs) ? readdirSync(runs).filter((name) => name.endsWith('B')) : [];
  for (const name of run) {
    const path = join(runs, name, 'report.json');
    if (!existsSync(path)) continue;
    const { outcome } = JSON.parse(readFileSync(path, 'utf8')) as { readonly outcome: string };
    const expected = side === 'new' ? ['applied'] : ['reverted', 'failed', 'interrupted'];
    if (expected.includes(outcome)) continue;
    const detail = `${name} is reported ${outcome}, the files are ${side}`;
    violations.push({ rule: 'reports tell the truth', detail });
  }
  return violations;
}

/** Everything under `root` that a second recovery must leave alone: names, content, inodes, times. */
export function fingerprint(root: string): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  for (const path of listBelow(root)) {
    // The lock file says who holds it; taking the lock writes that.
    if (path === `/${STATE}/lock`) continue;
    const { mode, ino, size, mtimeMs, nlink } = lstatSync(join(root, path));
    seen.set(path, [mode, ino, size, mtimeMs, nlink].join(' '));
  }
  return seen;
}
