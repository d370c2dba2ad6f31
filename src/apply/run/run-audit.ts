import { appendAudit, auditHead } from '../../git/audit/audit-log.ts';
import type { FileChange } from '../../model/change-set.ts';
import type { JsonObject } from '../../model/item.ts';
import type { SettledBy } from '../../model/outcome.ts';
import type { Ending } from '../machine/ending.ts';
import type { OpenRun } from '../machine/open-run.ts';

/** Audit row of a run's intent, before anything of the host is changed. Never content. Errors: SP5052. */
export async function auditStart(
  run: OpenRun,
  files: readonly Pick<FileChange, 'path' | 'before' | 'after'>[],
): Promise<void> {
  await append(run, 'run-started', {
    actor: run.header.actor,
    operation: run.header.operation,
    planCommit: run.header.planCommit,
    toolVersion: run.context.toolVersion,
    offline: run.header.offline,
    overrides: run.header.overrides,
    files: files.map(({ path, before, after }) => ({
      path,
      before: before?.sha256 ?? null,
      after: after?.sha256 ?? null,
      mode: after?.mode ?? null,
    })),
  });
}

/** Audit row of a run's end. Recovery may write it a second time. Errors: SP5052. */
export async function auditEnd(run: OpenRun, ending: Ending): Promise<void> {
  await append(run, 'run-ended', {
    outcome: ending.outcome,
    reason: ending.reason,
    ...(run.answer === null ? {} : { answered: { ...run.answer } }),
    commits: run.commits,
    checks: run.checks.map(({ id, phase, verdict }) => ({ id, phase, verdict })),
  });
}

/** Audit row of a person's choice for a run whose revert failed, before any file is written. Errors: SP5052. */
export async function auditSettlement(
  run: OpenRun,
  { choice, actor, reason }: SettledBy,
  saved: readonly string[],
): Promise<void> {
  await append(run, 'run-settled', { choice, actor, reason, saved });
}

/** Hash of the audit log's last record: the `Audit-Head` trailer. */
export function auditHeadNow(run: OpenRun): Promise<string | null> {
  return auditHead(run.context.host.stateDir);
}

async function append(run: OpenRun, event: string, fields: JsonObject): Promise<void> {
  const { host } = run.context;
  await appendAudit(host.stateDir, {
    time: host.clock.now().toISOString(),
    event,
    run: run.header.run,
    plan: run.header.plan,
    workspace: run.header.workspace,
    host: run.header.host,
    changeSet: run.header.changeSet,
    bootId: host.bootId,
    ...fields,
  });
}
