import type { RecordChangeAt } from '../../git/record/recorded-past.ts';
import type { RunId } from '../../model/brand.ts';
import { historyEntry } from '../history-entry.ts';
import type { BlamedRun } from './results.ts';

/** The run of a change as its commit tells it. */
export function blamedRun({ entry }: RecordChangeAt): BlamedRun {
  const { run, commit, at, actor, plan, planCommit } = historyEntry(entry);
  return { run, commit, at, actor, plan, planCommit };
}

/** A run of which no commit is left. */
export function unknownRun(run: RunId): BlamedRun {
  return { run, commit: null, at: null, actor: null, plan: null, planCommit: null };
}

/** Whether what the commit says lasted: an attempt and its revert leave everything as it was. */
export function lasted({ entry }: RecordChangeAt): boolean {
  const { status } = historyEntry(entry);
  return status !== 'attempted' && status !== 'reverted';
}
