import { TRAILER, trailerValue } from '../git/record/commit-message.ts';
import type { StateLogEntry } from '../git/record/state-history.ts';
import type { PlanName, RunId } from '../model/brand.ts';
import type { HistoryEntry, RunSummary } from './results.ts';

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

/** The runs that commits (newest first) belong to, by their newest commit; attempt and revert are one run. */
export function runsOf(log: readonly StateLogEntry[]): readonly RunSummary[] {
  const groups = new Map<string, StateLogEntry[]>();
  for (const entry of log) {
    const key = trailerValue(entry.trailers, TRAILER.run) ?? entry.commit;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map(summaryOf);
}

function summaryOf(commits: readonly StateLogEntry[]): RunSummary {
  const [newest] = commits as [StateLogEntry];
  const { run, plan, planCommit, actor, at, status } = historyEntry(newest);
  const settled = trailerValue(newest.trailers, TRAILER.settled);
  // What a person left as it was is recorded as observed.
  const restored = trailerValue(newest.trailers, TRAILER.operation) === 'restore';
  const done = restored ? status.replace(/^applied/, 'restored') : status;
  const outcome = settled?.startsWith('keep-live') === true ? 'kept-live' : done;
  const ids = commits.map(({ commit }) => commit).toReversed();
  return { run, outcome, at, plan, planCommit, actor, commits: ids };
}
