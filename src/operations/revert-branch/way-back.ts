import type { GitEntry } from '../../git/workspace/tree-entries.ts';
import type { BranchFile } from './results.ts';

/** One path in three commits; null where it is absent. */
export interface PathVersions {
  /** Recorded before the run. */
  readonly before: GitEntry | null;
  /** What the run applied. */
  readonly applied: GitEntry | null;
  /** The tip of the checkout. */
  readonly head: GitEntry | null;
}

export type WayBack =
  | { readonly is: 'done' }
  | { readonly is: 'set'; readonly entry: GitEntry | null; readonly change: BranchFile['change'] }
  | {
      readonly is: 'merge';
      readonly mode: string;
      /** Ids of contents, in the order of a three-way merge. */
      readonly ids: readonly [base: string, ours: string, theirs: string];
    }
  | { readonly is: 'conflict'; readonly why: string };

/**
 * What becomes of a path so that the head no longer has what came between `before` and `applied`, and keeps everything else: a
 * three-way merge with `applied` as its base. Pure.
 */
export function wayBack({ before, applied, head }: PathVersions): WayBack {
  if (same(before, applied) || same(head, before)) return { is: 'done' };
  if (same(head, applied)) return { is: 'set', entry: before, change: changeTo(before, head) };
  if (head === null) return { is: 'conflict', why: 'was deleted or moved since' };
  if (applied === null) return { is: 'conflict', why: 'was made anew since' };
  if (before === null) return { is: 'conflict', why: 'was new, and was changed since' };
  if (![before, applied, head].every(isFile)) {
    return { is: 'conflict', why: 'was changed since, and is no plain file' };
  }
  const mode = head.mode === applied.mode ? before.mode : head.mode;
  const id = pick(before.id, applied.id, head.id);
  if (id === null) return { is: 'merge', mode, ids: [applied.id, head.id, before.id] };
  const entry = { mode, id };
  return same(entry, head) ? { is: 'done' } : { is: 'set', entry, change: 'merged' };
}

/** The content, where only one side changed it. */
function pick(before: string, applied: string, head: string): string | null {
  if (head === applied) return before;
  return before === applied || before === head ? head : null;
}

function changeTo(entry: GitEntry | null, head: GitEntry | null): BranchFile['change'] {
  if (entry === null) return 'deleted';
  return head === null ? 'recreated' : 'restored';
}

export function same(a: GitEntry | null, b: GitEntry | null): boolean {
  return a === null || b === null ? a === b : a.mode === b.mode && a.id === b.id;
}

function isFile(entry: GitEntry | null): boolean {
  return entry?.mode.startsWith('100') === true;
}
