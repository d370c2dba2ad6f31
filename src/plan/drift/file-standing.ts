import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';

/**
 * How a file stands, in one word: what its items say, the strongest first. `metadata`: only mode or owner drifted. `unknown`: no drift is
 * known, but something could not be compared. `ignored`: rules name all that differs. `open-run`: it is as an open run wrote it.
 * `other-lines`: somebody edited lines that nobody manages, which is no drift.
 */
export type FileStanding =
  | 'in-sync'
  | 'drifted'
  | 'vanished'
  | 'metadata'
  | 'unknown'
  | 'ignored'
  | 'open-run'
  | 'other-lines';

export function fileStanding({ items, gone, openRun, otherLines }: DriftFile): FileStanding {
  const drifted = items.filter(isDrift);
  if (drifted.length > 0) return driftOf(drifted, gone === true);
  if (items.some(({ state }) => state === 'unknown')) return 'unknown';
  if (items.some(({ ignored }) => ignored !== undefined)) return 'ignored';
  if (openRun !== undefined) return 'open-run';
  return otherLines ? 'other-lines' : 'in-sync';
}

function driftOf(drifted: readonly DriftItem[], gone: boolean): FileStanding {
  if (drifted.every(({ state }) => state === 'metadata')) return 'metadata';
  return gone ? 'vanished' : 'drifted';
}
