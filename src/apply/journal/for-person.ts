import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { RealPath } from '../../model/brand.ts';
import { decisionOf } from './decision-of.ts';
import type { CommittedJournal, Journal } from './journal.ts';
import { runFolder } from './run-folder.ts';

/** A run whose revert failed, and of which nobody has said what is to become of its files. */
export function needsPerson(journal: Journal): journal is CommittedJournal {
  return (
    journal.phase === 'committed' && journal.failure !== null && journal.settlement === undefined
  );
}

/**
 * As `needsPerson`, also before a recovery has found out: nobody may guess at a decision that cannot be read. For who only looks;
 * recovery takes such a run up, and notes in its journal why it failed.
 */
export function forPerson(stateDir: RealPath): (journal: Journal) => journal is CommittedJournal {
  return (journal): journal is CommittedJournal =>
    needsPerson(journal) || isUndecidable(stateDir, journal);
}

/** Whether a decision was made, but its file cannot be read as one. */
export function isUndecidable(stateDir: RealPath, journal: Journal): journal is CommittedJournal {
  if (journal.phase !== 'committed' || journal.failure !== null) return false;
  try {
    decisionOf(journal, runFolder(stateDir, journal.header.run).decision);
    return false;
  } catch (error) {
    if (error instanceof SetpointError) return true;
    throw error;
  }
}
