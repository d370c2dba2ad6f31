import type { RealPath } from '../../model/brand.ts';
import { readDecision, type Decision } from './decision.ts';
import type { CommittedJournal } from './journal.ts';

/**
 * What is decided about a run past its commit point: by its journal when it was decided there, else by its decision file; null
 * when nothing is. Errors: SP601x; SP4222 (exit 4).
 */
export function decisionOf({ decided, header }: CommittedJournal, file: RealPath): Decision | null {
  if (decided === undefined) return readDecision(file);
  return {
    formatVersion: 1,
    decision: decided,
    reason: null,
    hold: false,
    at: header.startedAt,
    commits: [],
    checks: [],
    processes: { processes: [] },
    acted: [],
  };
}
