import type { Again, FileConflict } from './file-conflict.ts';
import type { Region } from './three-sides.ts';

/** `error.conflicts` of `apply --json` (scripts/generate/output-envelope.json): one file that somebody changed since the set was made. */
export type ConflictData = {
  readonly path: string;
  /** Null: not known, because it is not shown line by line or the base is unknown. */
  readonly overlap: boolean | null;
} & (
  | { readonly shown: 'hidden' | 'not-lines' }
  | { readonly shown: 'base-unknown'; readonly sha256: string; readonly planned: string }
  | { readonly shown: 'regions'; readonly again: Again; readonly regions: readonly RegionData[] }
);

export interface RegionData {
  readonly by: Region['by'];
  /** First line of `base` in the base, from 1. */
  readonly line: number;
  /** Whole lines with their ends, as text; empty where that side has none there. */
  readonly base: string;
  readonly theirs: string;
  readonly ours: string;
}

/** For programs: the same as the text, and nothing that it keeps back. */
export function conflictData({ path, shown }: FileConflict): ConflictData {
  if (shown.is === 'regions') {
    const { again } = shown;
    const regions = shown.regions.map(regionData);
    return { path, overlap: again === 'overlaps', shown: shown.is, again, regions };
  }
  if (shown.is === 'base-unknown') {
    const { sha256, planned } = shown;
    return { path, overlap: null, shown: shown.is, sha256, planned };
  }
  return { path, overlap: null, shown: shown.is };
}

function regionData({ by, line, base, theirs, ours }: Region): RegionData {
  return { by, line, base: textOf(base), theirs: textOf(theirs), ours: textOf(ours) };
}

/** Lines were taken as bytes. */
function textOf(lines: readonly string[]): string {
  return Buffer.from(lines.join(''), 'latin1').toString('utf8');
}
