import { readFileSync } from 'node:fs';

/** Calls that change what a file system holds, or make it last. */
export const MUTATING = [
  'open,openat,creat,write,pwrite64,writev,pwritev,fsync,fdatasync,sync_file_range,ftruncate,truncate',
  'rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir',
  'chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,setxattr,fsetxattr,lsetxattr,removexattr,fremovexattr',
].join(',');

/** One entered call of a trace (`strace -f -y`). */
interface Call {
  readonly thread: string;
  readonly name: string;
  /** Paths of its arguments and descriptors, with the root taken off where they are below it. */
  readonly paths: readonly string[];
  readonly changes: boolean;
}

/** A call that a fault can be put on: the `count`-th `name` of its thread that touches `path`. */
export interface Target {
  readonly name: string;
  /** Below the root, beginning with a slash; null: whatever it touches. */
  readonly path: string | null;
  readonly count: number;
}

export interface Enumerated {
  readonly targets: readonly Target[];
  /** Changing calls that no count can name, because another thread reaches the same count first. */
  readonly unreachable: readonly string[];
}

/**
 * Every changing call below `root` in a trace, named so that strace's per-thread counter finds it again: by its path (`-P`), or
 * with `byPath: false` (random names, one thread) by its place among all calls of its name.
 */
export function enumerate(log: string, root: string, { byPath = true } = {}): Enumerated {
  const calls = parse(readFileSync(log, 'utf8'), root);
  const targets: Target[] = [];
  const unreachable: string[] = [];
  const counts = new Map<string, number>();
  const reached = new Set<string>();
  for (const call of calls) {
    const found: Target[] = [];
    for (const path of byPath ? new Set(call.paths) : [null]) {
      const key = [call.thread, call.name, path].join(' ');
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      const hit = [call.name, path, count].join(' ');
      if (!reached.has(hit)) found.push({ name: call.name, path, count });
      reached.add(hit);
    }
    if (!call.changes) continue;
    // Where a link leads to; of a rename strace matches only what is renamed.
    const target = call.name.startsWith('rename') ? found[0] : found.at(-1);
    if (target === undefined) unreachable.push(`${call.name} ${call.paths.join(' ')}`);
    else targets.push(target);
  }
  return { targets, unreachable };
}

/** Without those that find the same files as the one before them: a sync changes nothing that a killed process leaves. */
export function withoutRepeated(targets: readonly Target[]): readonly Target[] {
  return targets.filter(
    ({ name }, i) => !/sync/.test(name) || !/sync/.test(targets[i - 1]?.name ?? ''),
  );
}

function parse(text: string, root: string): readonly Call[] {
  const calls: Call[] = [];
  for (const line of text.split('\n')) {
    const entered = /^(?:(\d+) +)?(\w+)\((.*)$/.exec(line);
    if (entered === null) continue;
    const [, thread = '', name = '', rest = ''] = entered;
    const paths = [...rest.matchAll(/"([^"]*)"|\d<([^>]*)>/g)]
      // What is written is a quoted text, too, but no path.
      .filter(([whole], i) => !(whole.startsWith('"') && /write/.test(name)) || i === 0)
      .map(([, quoted, described]) => quoted ?? described ?? '')
      .filter((path) => path.startsWith(`${root}/`) || path === root)
      .map((path) => path.slice(root.length).replace(/\(deleted\)$/, '') || '/');
    const opens = name.startsWith('open');
    const changes = paths.length > 0 && (!opens || /O_CREAT|O_TRUNC/.test(rest));
    calls.push({ thread, name, paths, changes });
  }
  return calls;
}

/** The last call that a trace names, and whether SIGKILL ended it there. */
export function killedAt(log: string): { readonly name: string | null; readonly killed: boolean } {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const entered = lines.filter((line) => /^(?:\d+ +)?\w+\(/.test(line)).at(-1);
  return {
    name: entered === undefined ? null : (/(\w+)\(/.exec(entered)?.[1] ?? null),
    killed: lines.some((line) => line.includes('killed by SIGKILL')),
  };
}
