import type { AuditSpec, CheckResult } from '../model/check.ts';
import { ask } from './ask.ts';
import type { CheckContext } from './context.ts';
import { createCheck } from './create-check.ts';
import type { GateRun, GatesResult } from './run-gates.ts';

/** Asks every audit once, in order; a red one does not spare the others, so that all problems show. Emits audit-finished. */
export async function runAudits(
  audits: readonly AuditSpec[],
  context: CheckContext,
  { run, listener }: GateRun,
): Promise<GatesResult> {
  const results: CheckResult[] = [];
  for (const audit of audits) {
    const result = await judge(audit, context);
    results.push(result);
    listener({ type: 'audit-finished', run, result });
  }
  if (results.some((r) => r.verdict === 'skipped')) return { verdict: 'aborted', results };
  return { verdict: results.every((r) => r.verdict === 'green') ? 'green' : 'red', results };
}

async function judge(audit: AuditSpec, context: CheckContext): Promise<CheckResult> {
  const { clock, signal } = context;
  const started = clock.monotonic();
  const check = createCheck(audit.check, context, { timeout: audit.timeout });
  const answer = await ask(check, audit.timeout, clock, signal);
  check.close?.();
  const took = Math.round(clock.monotonic() - started);
  const base = { id: audit.id, phase: 'audit', took } as const;
  if (answer === 'aborted') {
    return { ...base, verdict: 'skipped', attempts: 0, detail: 'interrupted before a verdict' };
  }
  const verdict = answer.good ? 'green' : 'red';
  const state = answer.good || answer.state === undefined ? {} : { state: answer.state };
  return { ...base, verdict, attempts: 1, detail: answer.detail, ...state };
}
