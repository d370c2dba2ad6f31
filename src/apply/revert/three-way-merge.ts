import { diffArrays } from 'diff';

/** Lines added and removed in one of the two edits; beyond it they are no edits but other files. Bounds the time. */
const MOST_EDITS = 2000;

/** Lines `from`–`to` (exclusive) of the base, replaced by `lines`. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * `base` with both edits, byte for byte; null when they touch the same or neighbouring lines (as in git's merge), or when one
 * of them is not an edit of `base` any more. An edit that both made counts once.
 */
export function mergeLines(
  base: Uint8Array,
  ours: Uint8Array,
  theirs: Uint8Array,
): Uint8Array | null {
  const lines = linesOf(base);
  const mine = hunksBetween(lines, linesOf(ours));
  const others = hunksBetween(lines, linesOf(theirs));
  if (mine === null || others === null) return null;
  const only = others.filter((hunk) => !mine.some((one) => isSame(one, hunk)));
  if (only.some((hunk) => mine.some((one) => touches(one, hunk)))) return null;
  const merged = [...lines];
  // From the end, so that the places of the others stay right.
  for (const { from, to, lines: added } of [...mine, ...only].sort((a, b) => b.from - a.from)) {
    merged.splice(from, to - from, ...added);
  }
  return Buffer.from(merged.join(''), 'latin1');
}

/** Lines with their ends. Latin-1 gives every byte one character and back: any encoding survives. */
export function linesOf(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString('latin1')
      .match(/[^\n]*\n|[^\n]+$/gu) ?? []
  );
}

/** What `other` makes of `base`, from the top down; no two of them touch. Null when there is too much of it. */
export function hunksBetween(base: string[], other: string[]): readonly Hunk[] | null {
  const changes = diffArrays(base, other, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return null;
  const found: Hunk[] = [];
  let at = 0;
  let open: Hunk | null = null;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      if (open !== null) found.push(open);
      open = null;
      at += value.length;
      continue;
    }
    open ??= { from: at, to: at, lines: [] };
    if (added) open = { ...open, lines: [...open.lines, ...value] };
    else open = { ...open, to: (at += value.length) };
  }
  return open === null ? found : [...found, open];
}

export function isSame(a: Hunk, b: Hunk): boolean {
  return a.from === b.from && a.to === b.to && a.lines.join('') === b.lines.join('');
}

/** On the same or neighbouring lines, as git's merge takes it. */
export function touches(a: Hunk, b: Hunk): boolean {
  return a.from <= b.to && b.from <= a.to;
}
