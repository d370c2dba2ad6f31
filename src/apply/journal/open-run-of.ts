import type { PlanName, RunId } from '../../model/brand.ts';
import type { DecisionKind } from './decision-kind.ts';
import { decisionOf } from './decision-of.ts';
import { openJournals, type JournalPlace } from './journal-file.ts';
import { runFolder } from './run-folder.ts';

/** A run past its commit point, and what becomes of its files: without a `keep` they are taken back. */
export interface CommittedRun {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly decision: DecisionKind;
}

/**
 * The run past its commit point that a process with the run lock works on, or null. Synchronous and never throws, for a signal
 * handler: what cannot be read counts as nothing.
 */
export function openRunOf(place: JournalPlace): CommittedRun | null {
  try {
    for (const journal of openJournals(place)) {
      if (journal.phase !== 'committed' || journal.failure !== null) continue;
      const { run, plan } = journal.header;
      const known = decisionOf(journal, runFolder(place.stateDir, run).decision);
      return { run, plan, decision: known?.decision ?? 'revert' };
    }
  } catch {
    // The guardian reads them again and tells what is wrong.
  }
  return null;
}
