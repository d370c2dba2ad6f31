import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RunReport } from '../../model/outcome.ts';
import { checkHostBefore, commitRun, prepareState, stageRun } from './begin-run.ts';
import { abandonRun, closeRun, tryWriteReport } from './close-run.ts';
import { PlaceGone } from '../journal/place-gone.ts';
import { Conflict } from '../files/conflict.ts';
import type { ActionResult, RunAction } from '../machine/actions.ts';
import { advance, nextAction } from '../machine/decide-next.ts';
import type { Ending, Refusal } from '../machine/ending.ts';
import type { RunState } from '../machine/states.ts';
import { awaitObserved } from './await-observed.ts';
import { awaitDecision, proposeRun } from './confirm-run.ts';
import { markFailed } from '../revert/mark-failed.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { buildReport } from '../machine/report.ts';
import { renewRun } from './renew-run.ts';
import { requirePlace } from './require-place.ts';
import { restoreRun } from '../revert/restore-run.ts';
import { audit, checkAfter, checkRevert } from './run-checks.ts';
import type { RunInput } from '../machine/run-input.ts';
import { sayLeftOpen } from './say-left-open.ts';
import {
  actAgain,
  actStep,
  checkStep,
  confirmFiles,
  decideRun,
  finishFiles,
  installStep,
  recordKept,
  recordReverted,
  troubleOf,
} from './settle-run.ts';

/** How a run ended, and what the caller needs for its exit code and view. */
export interface EndedRun {
  readonly report: RunReport;
  readonly refusal: Refusal | null;
  /** Its journal is still there: recovery has to finish it. */
  readonly open: boolean;
  /** Problems met on the way, with their help. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Carries out the state machine from `state` to its end. `input` is absent in recovery, which starts behind the commit point.
 * Never throws for what the outside world does: past the commit point every error leads to a settled end or an open journal.
 * Only PlaceGone is thrown: nobody may touch the run by the names that are known.
 */
export async function driveRun(
  run: OpenRun,
  state: RunState,
  input: RunInput | null,
): Promise<EndedRun> {
  const steps = input?.part.steps.length ?? run.journal?.steps.length ?? 0;
  let current = state;
  for (;;) {
    const action = nextAction(current);
    if (action.do === 'end') return endRun(run, action.ending);
    const result = await perform(run, action, input);
    current = advance(current, result, steps, run.journal?.confirmWithin !== undefined);
  }
}

/** The result of a run that ended as `ending` says; told to the listener. */
export async function endRun(run: OpenRun, ending: Ending): Promise<EndedRun> {
  const { clock } = run.context.host;
  if (ending.open) await tryWriteReport(run, ending);
  sayLeftOpen(run, ending);
  const { run: id, plan } = run.header;
  run.context.listener({ type: 'run-ended', run: id, plan, outcome: ending.outcome });
  return {
    report: buildReport(run, ending, clock.now().toISOString()),
    refusal: ending.refusal,
    open: ending.open,
    diagnostics: run.diagnostics,
  };
}

async function perform(
  run: OpenRun,
  action: RunAction,
  input: RunInput | null,
): Promise<ActionResult> {
  requirePlace(run.context);
  if (INTERRUPTIBLE.has(action.do) && run.context.signal.aborted) {
    return { is: 'aborted', reason: 'interrupted' };
  }
  try {
    const handlers = HANDLERS as unknown as Readonly<Record<RunAction['do'], Handler<RunAction>>>;
    const result = await handlers[action.do](run, action, input);
    requirePlace(run.context);
    return result;
  } catch (error) {
    if (error instanceof PlaceGone) throw error;
    requirePlace(run.context);
    if (error instanceof Conflict) return { is: 'conflict', reason: error.message };
    return troubleOf(run, error);
  }
}

/** Once everything is proven an interrupt no longer matters, and a revert always goes to its end. */
const INTERRUPTIBLE: ReadonlySet<RunAction['do']> = new Set<RunAction['do']>([
  'check-before',
  'prepare',
  'stage',
  'commit',
  'install',
  'act',
  'check-step',
  'check-plan',
  'audit',
]);

type Handler<A extends RunAction> = (
  run: OpenRun,
  action: A,
  input: RunInput | null,
) => ActionResult | Promise<ActionResult>;

const HANDLERS: { readonly [A in RunAction as A['do']]: Handler<A> } = {
  'check-before': (run, _, input) => checkHostBefore(run, given(input)),
  prepare: (run, _, input) => prepareState(run, given(input)),
  stage: (run, _, input) => stageRun(run, given(input)),
  commit: (run, _, input) => commitRun(run, given(input)),
  install: (run, { step }) => installStep(run, step),
  act: (run, { step }) => actStep(run, step),
  'check-step': (run, { step }) => checkStep(run, step),
  'check-plan': (run) => checkAfter(run, committed(run).gates),
  audit,
  'confirm-files': confirmFiles,
  decide: (run, { decision, cause }) => decideRun(run, decision, cause),
  propose: proposeRun,
  'await-confirmation': awaitDecision,
  finish: finishFiles,
  'record-kept': recordKept,
  'await-observed': awaitObserved,
  restore: restoreRun,
  'act-again': actAgain,
  'check-revert': checkRevert,
  renew: (run, { failure }) => renewRun(run, failure),
  'record-reverted': recordReverted,
  close: (run, { ending }) => closeRun(run, ending),
  'mark-failed': (run, { reason }) => markFailed(run, reason),
  abandon: (run, { ending }) => abandonRun(run, ending),
  end: () => ({ is: 'done' }),
};

function given(input: RunInput | null): RunInput {
  if (input === null) throw new TypeError('a recovered run does not begin anew');
  return input;
}
