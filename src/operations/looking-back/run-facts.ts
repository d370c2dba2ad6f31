import type { AuditRecord } from '../../git/audit/audit-record.ts';
import { parseGate, TRAILER } from '../../git/record/commit-message.ts';
import type { StateLogEntry } from '../../git/record/state-history.ts';
import type { PlanName, RunId } from '../../model/brand.ts';
import type { CheckResult } from '../../model/check.ts';
import type { JsonObject, JsonValue } from '../../model/item.ts';
import type { RunReport } from '../../model/outcome.ts';
import { runsOf } from '../history-entry.ts';
import type { RunFacts } from './results.ts';

/** What is left of a run; commits oldest first. Any of them can be missing. */
export interface RunTraces {
  readonly commits: readonly StateLogEntry[];
  readonly report: RunReport | null;
  readonly audit: readonly AuditRecord[];
}

/** Who did what, told by the first of commits, report and audit rows that knows. */
export function runFacts(run: RunId, { commits, report, audit }: RunTraces): RunFacts {
  const [summary] = runsOf(commits.toReversed());
  const started = audit.find(({ event }) => event === 'run-started') ?? NO_ROW;
  const ended = audit.findLast(({ event }) => event === 'run-ended') ?? NO_ROW;
  return {
    run,
    plan: firstText(summary?.plan, report?.plan, started['plan']) as PlanName | null,
    operation: firstText(report?.operation, started['operation']),
    outcome: firstText(summary?.outcome, report?.outcome, ended['outcome']),
    actor: firstText(summary?.actor, started['actor']),
    planCommit: firstText(summary?.planCommit, started['planCommit']),
    startedAt: firstText(report?.startedAt, started['time']),
    endedAt: firstText(report?.endedAt, ended['time']),
    toolVersion: firstText(started['toolVersion']),
    overrides: texts(started['overrides']),
  };
}

const NO_ROW: JsonObject = {};

/** Checks as the newest commit that has any lists them: a revert's commit has those of its attempt, too. */
export function recordedChecks(commits: readonly StateLogEntry[]): readonly CheckResult[] {
  for (const { trailers } of commits.toReversed()) {
    const gates = trailers.filter(({ key }) => key === TRAILER.gate);
    const checks = gates.flatMap(({ value }) => parseGate(value) ?? []);
    if (checks.length > 0) return checks;
  }
  return [];
}

function firstText(...values: readonly (JsonValue | undefined)[]): string | null {
  return values.find((value) => typeof value === 'string') ?? null;
}

function texts(value: JsonValue | undefined): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  return (value as readonly JsonValue[]).filter((one): one is string => typeof one === 'string');
}
