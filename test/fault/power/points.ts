import { readFileSync } from 'node:fs';

/** Where the power is cut: before the `n`-th `call` of one thread, or right after the result was told. */
export type Point =
  | { readonly in: 'applier'; readonly call: string; readonly n: number }
  /** In the `invocation`-th git of the run. */
  | { readonly in: 'git'; readonly invocation: number; readonly call: string; readonly n: number }
  | { readonly in: 'acknowledged' };

/** A point and what happens there. */
export interface LabelledPoint {
  readonly point: Point;
  readonly label: string;
}

/** `applier:rename:3`, `git:12:fsync:1`, `acknowledged`. */
export function pointName(point: Point): string {
  if (point.in === 'acknowledged') return point.in;
  const git = point.in === 'git' ? [String(point.invocation)] : [];
  return [point.in, ...git, point.call, String(point.n)].join(':');
}

/** The reverse of {@link pointName}. Throws RangeError. */
export function parsePoint(name: string): Point {
  const parts = name.split(':');
  if (name === 'acknowledged') return { in: 'acknowledged' };
  const [where, ...rest] = parts;
  const [call = '', n = ''] = rest.slice(-2);
  if (where === 'applier' && rest.length === 2) return { in: where, call, n: Number(n) };
  if (where !== 'git' || rest.length !== 3) throw new RangeError(`${name} is not a point`);
  return { in: where, invocation: Number(rest[0]), call, n: Number(n) };
}

interface Traced {
  readonly call: string;
  readonly n: number;
  /** The call and its paths below the root, for people and for patterns. */
  readonly label: string;
}

/**
 * Calls in strace's log that change something under `root`, numbered as `inject=…:when=` numbers them: every call of that name
 * by that thread. Where another thread comes to the same number of the same call before, only its call can be named; these are
 * counted in `hidden`.
 */
export function readTrace(log: string, root: string): { calls: Traced[]; hidden: number } {
  const counts = new Map<string, number>();
  const reached = new Set<string>();
  const calls: Traced[] = [];
  let hidden = 0;
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread = '', call = '', rest = ''] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
    if (call === '') continue;
    const n = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, n);
    const wanted =
      rest.includes(root) && (!call.startsWith('open') || /O_CREAT|O_TRUNC/.test(rest));
    const first = !reached.has(`${call} ${String(n)}`);
    reached.add(`${call} ${String(n)}`);
    if (wanted && first) calls.push({ call, n, label: [call, ...pathsIn(rest, root)].join(' ') });
    else if (wanted) hidden += 1;
  }
  return { calls, hidden };
}

function pathsIn(text: string, root: string): readonly string[] {
  return text
    .split(/[<>"]/)
    .flatMap((part) => (part.startsWith(root) ? part.slice(root.length) : []));
}
