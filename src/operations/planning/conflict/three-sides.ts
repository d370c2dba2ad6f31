import {
  hunksBetween,
  isSame,
  linesOf,
  mergeLines,
  touches,
  type Hunk,
} from '../../../apply/revert/three-way-merge.ts';

/** What a set saw, what stands there now, what the set wanted. An absent file has no bytes. */
export interface Sides {
  readonly base: Uint8Array;
  readonly theirs: Uint8Array;
  readonly ours: Uint8Array;
}

/** Lines of the base that one or both of the other sides have otherwise. Lines keep their ends. */
export interface Region {
  /** `same`: both made the same of it. `overlap`: on the same or neighbouring lines, and not the same. */
  readonly by: 'theirs' | 'ours' | 'same' | 'overlap';
  /** First line of `base` in the base, from 1; where lines were only added, the one that they stand before. */
  readonly line: number;
  readonly base: readonly string[];
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
  /** The line before, null at the top. */
  readonly before: string | null;
}

/** From the top down; null where one side is no edit of the base any more but another text. */
export function regionsOf({ base, theirs, ours }: Sides): readonly Region[] | null {
  const lines = linesOf(base);
  const mine = hunksBetween(lines, linesOf(ours));
  const others = hunksBetween(lines, linesOf(theirs));
  if (mine === null || others === null) return null;
  return clusters(mine, others).map((cluster) => regionOf(lines, cluster));
}

/** Both edits in one text, where they do not overlap; else null. */
export function mergeOf({ base, theirs, ours }: Sides): Uint8Array | null {
  return mergeLines(base, ours, theirs);
}

interface Cluster {
  from: number;
  to: number;
  readonly ours: Hunk[];
  readonly theirs: Hunk[];
}

/** Hunks that touch each other, with all that touch those. */
function clusters(ours: readonly Hunk[], theirs: readonly Hunk[]): readonly Cluster[] {
  const all = [
    ...ours.map((hunk) => ({ hunk, side: 'ours' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].toSorted((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to);
  const found: Cluster[] = [];
  for (const { hunk, side } of all) {
    const open = found.at(-1);
    if (open !== undefined && touches({ ...open, lines: [] }, hunk)) {
      open[side].push(hunk);
      open.to = Math.max(open.to, hunk.to);
    } else {
      const { from, to } = hunk;
      const fresh: Cluster = { from, to, ours: [], theirs: [] };
      fresh[side].push(hunk);
      found.push(fresh);
    }
  }
  return found;
}

function regionOf(lines: readonly string[], cluster: Cluster): Region {
  const { from, to, ours, theirs } = cluster;
  return {
    by: byWhom(cluster),
    line: from + 1,
    base: lines.slice(from, to),
    theirs: withHunks(lines, cluster, theirs),
    ours: withHunks(lines, cluster, ours),
    before: lines[from - 1] ?? null,
  };
}

function byWhom({ ours, theirs }: Cluster): Region['by'] {
  if (ours.length === 0) return 'theirs';
  if (theirs.length === 0) return 'ours';
  const [mine, other] = [ours[0], theirs[0]];
  const one = ours.length === 1 && theirs.length === 1;
  return one && mine !== undefined && other !== undefined && isSame(mine, other)
    ? 'same'
    : 'overlap';
}

function withHunks(
  lines: readonly string[],
  { from, to }: Cluster,
  hunks: readonly Hunk[],
): readonly string[] {
  const result: string[] = [];
  let at = from;
  for (const hunk of hunks) {
    result.push(...lines.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...result, ...lines.slice(at, to)];
}
