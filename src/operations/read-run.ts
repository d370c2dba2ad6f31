import { existsSync } from 'node:fs';
import { readRunReport } from '../apply/journal/report-file.ts';
import { journalPath, runFolder } from '../apply/journal/run-folder.ts';
import { runsWithFolder } from './runs-with-folder.ts';
import { auditOfRun } from '../git/audit/audit-lines.ts';
import { auditFile } from '../git/audit/audit-log.ts';
import type { StateLogEntry } from '../git/record/state-history.ts';
import type { StateRepository } from '../git/record/state-repository.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { RealPath, RunId } from '../model/brand.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { JsonValue } from '../model/item.ts';
import type { ManagedFile, PlanRecord, RecordedState } from '../model/recorded-state.ts';
import { EXIT } from '../model/outcome.ts';
import { historyEntry } from './history-entry.ts';
import { contentDiff } from './looking-back/content-diff.ts';
import { recordedChecks, runFacts } from './looking-back/run-facts.ts';
import { openState } from './open-state.ts';
import type { RecordChange, RunResult } from './results.ts';
import type { Session } from './session.ts';

/**
 * One run; a unique prefix of its id is enough. A run that recorded nothing (it failed before it wrote, or its revert failed)
 * is known by its report alone. Throws SetpointError exit 64 when there is none, or more than one.
 */
export async function readRun(session: Session, run: RunId | string): Promise<RunResult> {
  const state = openState(session);
  const { stateDir } = session.host;
  const found = await state.commitsOfRun(run);
  const recorded = found.map(historyEntry).flatMap((entry) => entry.run ?? []);
  const only = theOneRun(run, [...recorded, ...runsWithFolder(stateDir, run)]);
  const commits = found.filter((commit) => historyEntry(commit).run === only);
  const report = readRunReport(stateDir, only);
  if (commits.length === 0 && report === null) throw withoutReport(stateDir, only);
  const diffs: string[] = [];
  for (const commit of commits) diffs.push(await contentDiff(state, commit));
  const { rows, damaged } = await auditOfRun(stateDir, only);
  return {
    facts: runFacts(only, { commits, report, audit: rows }),
    entries: commits.map(historyEntry),
    records: await recordChanges(state, commits),
    report,
    checks: report?.checks ?? recordedChecks(commits),
    audit: rows,
    problems: damaged.map((line) => damagedRow(auditFile(stateDir), line)),
    diff: diffs.join(''),
  };
}

function damagedRow(file: string, line: number): Diagnostic {
  return {
    code: 'SP5051',
    severity: 'warning',
    message: `audit log: line ${line} names this run, but it was changed: its hash does not fit`,
    at: { file, line, column: 1 },
    help: 'setpoint history verify checks the whole log',
  };
}

function theOneRun(prefix: string, found: readonly RunId[]): RunId {
  const runs = [...new Set(found)].sort();
  const [only] = runs;
  if (only === undefined) throw unknownRun(`no run ${prefix} on this host`);
  // A whole id is never ambiguous: ids have one length.
  if (runs.length === 1) return only;
  throw unknownRun(`${prefix} is the beginning of several runs: ${runs.join(', ')}`);
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

/** It is open still, or it was cleared away before it wrote anything, or somebody removed its report. */
function withoutReport(stateDir: RealPath, run: RunId): SetpointError {
  if (!existsSync(journalPath(stateDir, run))) {
    const help = `what is left of it is in ${runFolder(stateDir, run).dir}; setpoint history lists the runs that recorded something`;
    return unknownRun(`run ${run} recorded nothing and left no report`, help);
  }
  const help = `setpoint status tells whether somebody works on it; setpoint recover ${run} --dry-run shows its files`;
  return unknownRun(`run ${run} is open: it has no report yet`, help);
}

function unknownRun(message: string, help = 'setpoint history lists the runs'): SetpointError {
  return new SetpointError(EXIT.usage, [{ code: 'SP9001', severity: 'error', message, help }]);
}
