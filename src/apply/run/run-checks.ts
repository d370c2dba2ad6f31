import {
  noteProcesses,
  startedSince,
  EMPTY_BASELINE,
  type ProcessBaseline,
} from '../../checks/process-baseline.ts';
import { atLeastAsGood } from '../../checks/compare-verdicts.ts';
import type { CheckContext } from '../../checks/context.ts';
import { runAudits } from '../../checks/run-audits.ts';
import { runGates, type GatesResult } from '../../checks/run-gates.ts';
import type { CheckResult, GatePhase, GateSpec, ProcessCheck } from '../../model/check.ts';
import type { Step } from '../../model/change-set.ts';
import type { SettleChoice } from '../../model/outcome.ts';
import type { ActionResult } from '../machine/actions.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import type { RunContext } from '../machine/run-input.ts';
import { tolerate } from '../machine/tolerate.ts';
import { commandsOf } from './process-groups.ts';

/** Every gate of a run: its steps' and the plan's own. */
export function allGates(run: {
  readonly steps: readonly Step[];
  readonly gates: readonly GateSpec[];
}): readonly GateSpec[] {
  return [...run.steps.flatMap((step) => step.gates), ...run.gates];
}

/** Gates before anything is changed. Red refuses the run unless `allowUnhealthy`. */
export async function checkBefore(
  run: OpenRun,
  gates: readonly GateSpec[],
  allowUnhealthy: boolean,
): Promise<ActionResult> {
  if (run.header.offline) return { is: 'done' };
  const result = await judge(run, gates, 'before', EMPTY_BASELINE, run.context.signal);
  run.before = result.results;
  if (result.verdict === 'red' && allowUnhealthy) return { is: 'done' };
  return toAction(result, 'the host was not healthy before the run');
}

/** Gates on the new state: those of one step, or the plan's own. */
export async function checkAfter(run: OpenRun, gates: readonly GateSpec[]): Promise<ActionResult> {
  if (run.header.offline) return { is: 'done' };
  const { processes } = committed(run);
  const result = await judge(run, gates, 'after', processes, run.context.signal);
  return toAction(result, 'the host was not healthy after the change');
}

/** Audits of every step, once, after all gates. */
export async function audit(run: OpenRun): Promise<ActionResult> {
  if (run.header.offline) return { is: 'done' };
  const { steps, processes } = committed(run);
  const { context, header } = run;
  const result = await runAudits(
    steps.flatMap((step) => step.audits),
    checkContext(run, processes, context.signal),
    { run: header.run, listener: context.listener },
  );
  run.checks.push(...result.results);
  return toAction(result, 'the change did not have its intended effect');
}

/**
 * Gates on the old state after a revert, each at least as good as it was before. They are not interrupted: who presses
 * Ctrl-C wants the old state back.
 */
export async function checkRevert(run: OpenRun): Promise<ActionResult> {
  if (run.header.offline) return provenBy(run, []);
  const journal = committed(run);
  const baseline = startedSince(journal.processes, run.decision?.processes ?? EMPTY_BASELINE);
  const never = new AbortController().signal;
  const result = await judge(run, allGates(journal), 'revert', baseline, never);
  if (atLeastAsGood(journal.before, result.results)) return provenBy(run, result.results);
  return toAction(
    { ...result, verdict: 'red' },
    'the old files are back, but the host is not healthy',
  );
}

/**
 * Gates of the files that a person chose, for the report: what is red, one text each. `take-new` is judged as an apply,
 * `take-old` as a revert, `keep-live` by the gates that ask the same of both.
 */
export async function judgeSettled(run: OpenRun, choice: SettleChoice): Promise<readonly string[]> {
  if (run.header.offline) return [];
  const journal = committed(run);
  const old = choice === 'take-old';
  const phase = old ? 'revert' : 'after';
  const gates = allGates(journal).filter(
    ({ phases }) => choice !== 'keep-live' || phases.includes('revert'),
  );
  const baseline = old
    ? startedSince(journal.processes, run.decision?.processes ?? EMPTY_BASELINE)
    : journal.processes;
  const { results } = await judge(run, gates, phase, baseline, new AbortController().signal);
  const good = old && atLeastAsGood(journal.before, results);
  const red = good ? [] : results.filter(({ verdict }) => verdict === 'red');
  return red.map(({ id, detail }) => `${id}: ${detail}`);
}

/** Where an action failed and it may be the revert's fault, only a green gate says that the host is well. */
function provenBy({ unproven }: OpenRun, results: readonly CheckResult[]): ActionResult {
  if (unproven.length === 0 || results.some(({ verdict }) => verdict === 'green')) {
    return { is: 'done' };
  }
  const what = unproven.join('; ');
  return { is: 'red', reason: `the old files are back, but ${what}, and no gate proves the host` };
}

/** What the journal of a run and the host say about it. */
export type KnownRun = Pick<OpenRun, 'header' | 'journal' | 'diagnostics'> & {
  readonly context: Pick<RunContext, 'host'>;
};

/** Processes that the run's gates are about, as they are now. Errors: SP6040 when processes cannot be seen. */
export async function noteNow(run: KnownRun, gates: readonly GateSpec[]): Promise<ProcessBaseline> {
  if (run.header.offline) return EMPTY_BASELINE;
  const checks = gates.map((gate) => gate.check);
  const processChecks = checks.filter((check): check is ProcessCheck => check.kind === 'process');
  const { processes, podRuntime } = run.context.host;
  return noteProcesses(processChecks, processes, podRuntime);
}

/** As `noteNow`, before the old files return: a revert goes on even when processes cannot be seen. */
export async function noteBeforeRevert(run: KnownRun): Promise<ProcessBaseline> {
  const noted = await tolerate(run, () => noteNow(run, allGates(committed(run))));
  return noted ?? EMPTY_BASELINE;
}

async function judge(
  run: OpenRun,
  gates: readonly GateSpec[],
  phase: GatePhase,
  baseline: ProcessBaseline,
  signal: AbortSignal,
): Promise<GatesResult> {
  const { context, header } = run;
  const result = await runGates(gates, phase, checkContext(run, baseline, signal), {
    run: header.run,
    listener: context.listener,
  });
  run.checks.push(...result.results);
  return result;
}

function checkContext(run: OpenRun, baseline: ProcessBaseline, signal: AbortSignal): CheckContext {
  const { root, processes, podRuntime, clock } = run.context.host;
  const commands = commandsOf(run);
  const directory = run.folder.workspace;
  return { root, processes, podRuntime, commands, clock, directory, signal, baseline };
}

function toAction(result: GatesResult, what: string): ActionResult {
  if (result.verdict === 'green') return { is: 'done' };
  if (result.verdict === 'aborted') return { is: 'aborted', reason: 'interrupted' };
  return { is: 'red', reason: `${what}: ${reds(result.results)}` };
}

function reds(results: readonly CheckResult[]): string {
  const red = results.filter((result) => result.verdict === 'red');
  return red.map((result) => `${result.id}: ${result.detail}`).join('; ');
}
