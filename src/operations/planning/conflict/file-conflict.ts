import type { HostPath } from '../../../model/brand.ts';
import type { Region } from './three-sides.ts';

/** A file that somebody changed after a set was made: what the set saw (base), what is live (theirs), what it wanted (ours). */
export interface FileConflict {
  readonly path: HostPath;
  readonly shown: Shown;
}

export type Shown =
  /** A secret, or recorded without copies: no line of it is shown. */
  | { readonly is: 'hidden' }
  /** Not UTF-8, or one side is another text altogether. */
  | { readonly is: 'not-lines' }
  /** Nothing keeps the content that the set saw: no plan managed the file then. `planned` is the diff that was reviewed. */
  | { readonly is: 'base-unknown'; readonly sha256: string; readonly planned: string }
  | { readonly is: 'regions'; readonly regions: readonly Region[]; readonly again: Again };

/**
 * What planning again comes to, as it was just planned. `merges`: their edit and ours, both whole. `overlaps`: both touched the same
 * lines, and a person has to look. `undoes`: no line overlaps, and yet theirs does not stay: the plan owns what they changed.
 */
export type Again = 'merges' | 'overlaps' | 'undoes';
