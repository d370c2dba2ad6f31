import { suggestion } from '../diagnostics/suggest.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { LogFilter } from '../git/record/state-history.ts';
import type { StateRepository } from '../git/record/state-repository.ts';
import { EXIT } from '../model/outcome.ts';
import { historyEntry, runsOf } from './history-entry.ts';
import { openState } from './open-state.ts';
import type { HistoryResult } from './results.ts';
import type { Session } from './session.ts';
import { requireRecord, tellLostRecord } from './state/lost-record.ts';
import { configIfAny } from './workspace/config-if-any.ts';

/** Commits that a run makes at most: edits by others, attempt, revert, what a person chose. */
const COMMITS_OF_RUN = 4;

/**
 * Runs that recorded something on this host, newest first, at most `limit`; only those of one plan, or those that changed what
 * is recorded of one file. Takes no lock; one git process reads the log, whatever its length. Throws SetpointError exit 64
 * for a plan or file that the history does not know, 6 (SP5082, SP5083) where nothing is recorded here and may be elsewhere.
 */
export async function readHistory(
  session: Session,
  limit: number,
  only?: LogFilter,
): Promise<HistoryResult> {
  const state = openState(session);
  const most = only === undefined ? (limit + 1) * COMMITS_OF_RUN : Number.POSITIVE_INFINITY;
  const log = await state.log(most, only);
  if (only !== undefined && log.length === 0) {
    await requireRecord(session);
    throw await unknownName(state, only);
  }
  const runs = runsOf(log);
  const shown = runs.slice(0, limit);
  const commits = new Set(shown.flatMap((run) => run.commits));
  const none = log.length === 0;
  return {
    host: session.hostName,
    warnings: none ? await tellLostRecord(session, await configIfAny(session), null) : [],
    runs: shown,
    entries: log.filter(({ commit }) => commits.has(commit)).map(historyEntry),
    more: runs.length > limit,
  };
}

async function unknownName(state: StateRepository, only: LogFilter): Promise<SetpointError> {
  const { plans, paths } = await state.namesEver();
  const [kind, name] = 'plan' in only ? ['plan', only.plan] : ['file', only.path];
  const meant = suggestion(name, kind === 'plan' && !name.includes('/') ? plans : paths);
  const message = `the history of this host knows no ${kind} ${name}`;
  const help =
    meant ?? 'name a plan, or a managed file by its absolute path; setpoint history lists all runs';
  return new SetpointError(EXIT.usage, [{ code: 'SP9001', severity: 'error', message, help }]);
}
