import { TRAILER, trailerValue } from '../git/commit-message.ts';
import type { StateLogEntry } from '../git/state-history.ts';
import type { PlanName, RunId } from '../model/brand.ts';
import type { HistoryEntry } from './results.ts';

/** A state commit as history shows it: everything comes from its trailers. */
export function historyEntry(entry: StateLogEntry): HistoryEntry {
  const value = (key: string): string | null => trailerValue(entry.trailers, key);
  return {
    commit: entry.commit,
    at: new globalThis.Date(entry.date * 1000).toISOString(),
    subject: entry.subject,
    status: value(TRAILER.status) ?? 'unknown',
    run: value(TRAILER.run) as RunId | null,
    plan: value(TRAILER.plan) as PlanName | null,
    planCommit: value(TRAILER.planCommit),
    actor: value(TRAILER.actor),
  };
}
