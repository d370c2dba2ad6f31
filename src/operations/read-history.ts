import { readRunReport } from '../apply/report-file.ts';
import type { StateLogEntry } from '../git/state-history.ts';
import type { StateRepository } from '../git/state-repository.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { RunId } from '../model/brand.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { JsonValue } from '../model/item.ts';
import type { ManagedFile, PlanRecord, RecordedState } from '../model/recorded-state.ts';
import { EXIT } from '../model/outcome.ts';
import { historyEntry } from './history-entry.ts';
import { openState } from './open-state.ts';
import type { HistoryResult, RecordChange, RunResult } from './results.ts';
import type { Session } from './session.ts';

/** State commits of this host, newest first, at most `limit`. Takes no lock. */
export async function readHistory(session: Session, limit: number): Promise<HistoryResult> {
  const log = await openState(session).log(limit);
  return { host: session.hostName, entries: log.map(historyEntry) };
}

/** One run; a unique prefix of its id is enough. Throws SetpointError exit 64 when there is none, or more than one. */
export async function readRun(session: Session, run: RunId | string): Promise<RunResult> {
  const state = openState(session);
  const commits = await state.commitsOfRun(run);
  const entries = commits.map(historyEntry);
  const runs = [...new Set(entries.map((entry) => entry.run))];
  const [only] = runs;
  if (only === undefined || only === null) throw unknownRun(`no run ${run} on this host`);
  if (runs.length > 1)
    throw unknownRun(`${run} is the beginning of several runs: ${runs.join(', ')}`);
  const first = commits[0];
  const diffs = await Promise.all(
    commits.map((commit) => state.diff(commit.parent, commit.commit)),
  );
  return {
    entries,
    records: await recordChanges(state, commits),
    report: readRunReport(session.host.stateDir, only),
    diff: first === undefined ? '' : diffs.join(''),
  };
}

/** Plan and file records as they were before the run's first commit and after its last. */
async function recordChanges(
  state: StateRepository,
  commits: readonly StateLogEntry[],
): Promise<readonly RecordChange[]> {
  const [first] = commits;
  const last = commits.at(-1);
  if (first === undefined || last === undefined) return [];
  const before =
    first.parent === null
      ? new Map<string, JsonValue>()
      : recordsOf(await state.loadAt(first.parent));
  const after = recordsOf(await state.loadAt(last.commit));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after));
}

function recordsOf(recorded: RecordedState): Map<string, JsonValue> {
  return new Map<string, JsonValue>([
    ...[...recorded.files].map(([path, file]): [string, JsonValue] => [
      `file ${path}`,
      asJson(file),
    ]),
    ...recorded.plans.map((plan): [string, JsonValue] => [
      `plan ${plan.workspace}/${plan.plan}`,
      asJson(plan),
    ]),
  ]);
}

/** Records come from JSON: the round trip only drops the types that JSON does not know. */
function asJson(record: ManagedFile | PlanRecord): JsonValue {
  return JSON.parse(JSON.stringify(record)) as JsonValue;
}

function unknownRun(message: string): SetpointError {
  const help = 'setpoint history lists the runs';
  return new SetpointError(EXIT.usage, [{ code: 'SP9001', severity: 'error', message, help }]);
}
