import type { Outcome } from '../../model/outcome.ts';
import type { DecisionKind } from '../journal/decision-kind.ts';

/**
 * The run as a pure state machine: a state is what is true so far, `nextAction` says what to do in it, `advance` what is
 * true after the action's result. The executor and recovery interpret the same machine; recovery only starts elsewhere.
 */
export type RunState =
  | { readonly at: 'begun' }
  | { readonly at: 'gated' }
  | { readonly at: 'prepared' }
  | { readonly at: 'staged' }
  /** Past the commit point; files before `step` are new and proven. */
  | { readonly at: 'committed'; readonly step: number }
  | { readonly at: 'written'; readonly step: number }
  | { readonly at: 'acted'; readonly step: number }
  | { readonly at: 'proven' }
  | { readonly at: 'plan-proven' }
  | { readonly at: 'audited' }
  | { readonly at: 'confirmed' }
  /** Proven, but a person has to confirm it; its applier ends, and a guardian is `awaiting` that. */
  | { readonly at: 'unconfirmed' }
  | { readonly at: 'awaiting' }
  | ({ readonly at: 'turning' } & RevertCause)
  | { readonly at: 'kept' }
  | { readonly at: 'finished' }
  | { readonly at: 'reverting'; readonly reason: string }
  | { readonly at: 'restored'; readonly reason: string }
  | { readonly at: 'reacted'; readonly reason: string }
  | { readonly at: 'verified'; readonly reason: string }
  | { readonly at: 'recorded'; readonly ending: Ending }
  | { readonly at: 'failing'; readonly reason: string }
  | { readonly at: 'abandoning'; readonly ending: Ending }
  | { readonly at: 'ended'; readonly ending: Ending };

export interface RevertCause {
  readonly reason: string;
  /** Gates, audits or actions failed: the plan is held until its inputs change. */
  readonly hold: boolean;
}

export interface Ending {
  readonly outcome: Outcome;
  readonly reason: string | null;
  /** Why nothing was begun: the caller's exit code depends on it. */
  readonly refusal: Refusal | null;
  /** The journal stays: recovery has to finish the bookkeeping. */
  readonly open: boolean;
}

/** `gate`: unhealthy before. `stale`: a file is not what was planned. `blocked`: an open failed revert. `locked`: by another writer. */
export type Refusal = 'gate' | 'stale' | 'blocked' | 'locked';

export type RunAction =
  | { readonly do: 'check-before' }
  | { readonly do: 'prepare' }
  | { readonly do: 'stage' }
  | { readonly do: 'commit' }
  | { readonly do: 'install'; readonly step: number }
  | { readonly do: 'act'; readonly step: number }
  | { readonly do: 'check-step'; readonly step: number }
  | { readonly do: 'check-plan' }
  | { readonly do: 'audit' }
  | { readonly do: 'confirm-files' }
  | { readonly do: 'decide'; readonly decision: DecisionKind; readonly cause: RevertCause | null }
  | { readonly do: 'propose' }
  | { readonly do: 'await-confirmation' }
  | { readonly do: 'finish' }
  | { readonly do: 'record-kept' }
  | { readonly do: 'restore' }
  | { readonly do: 'act-again' }
  | { readonly do: 'check-revert' }
  | { readonly do: 'record-reverted' }
  | { readonly do: 'close'; readonly ending: Ending }
  | { readonly do: 'mark-failed'; readonly reason: string }
  | { readonly do: 'abandon'; readonly ending: Ending }
  | { readonly do: 'end'; readonly ending: Ending };

/** `red`: health was not proven. `conflict`: someone else changed a file. `failed`: the machine said no. */
export type ActionResult =
  /** `note`: what has to be said beside the reason that the run has already. */
  | { readonly is: 'done'; readonly note?: string }
  | { readonly is: 'decided'; readonly decision: DecisionKind; readonly reason: string | null }
  | Trouble;

export type Trouble =
  | { readonly is: 'red'; readonly reason: string }
  | { readonly is: 'conflict'; readonly reason: string }
  | { readonly is: 'failed'; readonly reason: string }
  | { readonly is: 'aborted'; readonly reason: string };

/** Everything about one state: its action, what is true when that succeeds, and what when it does not. */
interface Row<S extends RunState> {
  readonly does: (state: S) => RunAction;
  readonly done: (state: S, steps: number, confirm: boolean) => RunState;
  readonly trouble: (state: S, trouble: Trouble) => RunState;
}

/** Before the commit point trouble means that nothing happened. */
const abandon = (_: RunState, trouble: Trouble): RunState => ({
  at: 'abandoning',
  ending: refused(trouble),
});
/** After it, trouble means a revert; a hold when health was not proven. */
const turn = (_: RunState, { is, reason }: Trouble): RunState => ({
  at: 'turning',
  reason,
  hold: is === 'red',
});
const fail = (state: { readonly reason: string }, { reason }: Trouble): RunState => ({
  at: 'failing',
  reason: `${state.reason}; then the revert failed: ${reason}`,
});
/** After `keep` nothing is taken back: what is missing is left to recovery. */
const leaveOpen = (_: RunState, { reason }: Trouble): RunState =>
  ended({ ...ending('applied', reason), open: true });

const TABLE: { readonly [S in RunState as S['at']]: Row<S> } = {
  begun: { does: () => ({ do: 'check-before' }), done: () => ({ at: 'gated' }), trouble: abandon },
  gated: { does: () => ({ do: 'prepare' }), done: () => ({ at: 'prepared' }), trouble: abandon },
  prepared: { does: () => ({ do: 'stage' }), done: () => ({ at: 'staged' }), trouble: abandon },
  staged: {
    does: () => ({ do: 'commit' }),
    done: () => ({ at: 'committed', step: 0 }),
    trouble: abandon,
  },
  committed: {
    does: ({ step }) => ({ do: 'install', step }),
    done: ({ step }) => ({ at: 'written', step }),
    trouble: turn,
  },
  written: {
    does: ({ step }) => ({ do: 'act', step }),
    done: ({ step }) => ({ at: 'acted', step }),
    trouble: turn,
  },
  acted: {
    does: ({ step }) => ({ do: 'check-step', step }),
    done: ({ step }, steps) =>
      step + 1 < steps ? { at: 'committed', step: step + 1 } : { at: 'proven' },
    trouble: turn,
  },
  proven: {
    does: () => ({ do: 'check-plan' }),
    done: () => ({ at: 'plan-proven' }),
    trouble: turn,
  },
  'plan-proven': { does: () => ({ do: 'audit' }), done: () => ({ at: 'audited' }), trouble: turn },
  audited: {
    does: () => ({ do: 'confirm-files' }),
    done: (_, __, confirm) => ({ at: confirm ? 'unconfirmed' : 'confirmed' }),
    trouble: turn,
  },
  unconfirmed: {
    does: () => ({ do: 'propose' }),
    done: () => ended({ ...ending('awaiting-confirmation', null), open: true }),
    trouble: turn,
  },
  awaiting: {
    does: () => ({ do: 'await-confirmation' }),
    done: () => ({ at: 'turning', reason: UNCONFIRMED, hold: true }),
    trouble: turn,
  },
  confirmed: {
    does: () => ({ do: 'decide', decision: 'keep', cause: null }),
    done: () => ({ at: 'kept' }),
    trouble: turn,
  },
  turning: {
    does: (cause) => ({ do: 'decide', decision: 'revert', cause }),
    done: ({ reason }) => ({ at: 'reverting', reason }),
    // A full disk must not stop a revert. Without a decision file recovery reverts as well.
    trouble: ({ reason }) => ({ at: 'reverting', reason }),
  },
  kept: { does: () => ({ do: 'finish' }), done: () => ({ at: 'finished' }), trouble: leaveOpen },
  finished: {
    does: () => ({ do: 'record-kept' }),
    done: () => ({ at: 'recorded', ending: ending('applied', null) }),
    trouble: leaveOpen,
  },
  reverting: {
    does: () => ({ do: 'restore' }),
    done: ({ reason }) => ({ at: 'restored', reason }),
    trouble: fail,
  },
  restored: {
    does: () => ({ do: 'act-again' }),
    done: ({ reason }) => ({ at: 'reacted', reason }),
    trouble: fail,
  },
  reacted: {
    does: () => ({ do: 'check-revert' }),
    done: ({ reason }) => ({ at: 'verified', reason }),
    trouble: fail,
  },
  verified: {
    does: () => ({ do: 'record-reverted' }),
    done: ({ reason }) => ({ at: 'recorded', ending: ending('reverted', reason) }),
    trouble: (state, { reason }) =>
      ended({ ...ending('reverted', `${state.reason}; not recorded: ${reason}`), open: true }),
  },
  failing: {
    does: ({ reason }) => ({ do: 'mark-failed', reason }),
    done: ({ reason }) => ended({ ...ending('revert-failed', reason), open: true }),
    trouble: ({ reason }) => ended({ ...ending('revert-failed', reason), open: true }),
  },
  recorded: {
    does: ({ ending }) => ({ do: 'close', ending }),
    done: ({ ending }) => ended(ending),
    trouble: ({ ending }) => ended({ ...ending, open: true }),
  },
  abandoning: {
    does: ({ ending }) => ({ do: 'abandon', ending }),
    done: ({ ending }) => ended(ending),
    trouble: ({ ending }) => ended({ ...ending, open: true }),
  },
  ended: {
    does: ({ ending }) => ({ do: 'end', ending }),
    done: (state) => state,
    trouble: (state) => state,
  },
};

/** What to do in `state`. Total: every state has exactly one action. */
export function nextAction(state: RunState): RunAction {
  return rowOf(state).does(state);
}

/** The state after `result` of the action of `state`, for a run of `steps` steps that has to be confirmed or not. */
export function advance(
  state: RunState,
  result: ActionResult,
  steps: number,
  confirm = false,
): RunState {
  const row = rowOf(state);
  if (result.is === 'done') return noted(row.done(state, steps, confirm), result.note);
  if (result.is !== 'decided') return row.trouble(state, result);
  const reason = result.reason ?? 'it was decided to revert';
  return result.decision === 'keep' ? { at: 'kept' } : { at: 'reverting', reason };
}

function noted(state: RunState, note?: string): RunState {
  if (note === undefined || !('reason' in state)) return state;
  return { ...state, reason: `${state.reason}; ${note}` };
}

function rowOf(state: RunState): Row<RunState> {
  const rows = TABLE as unknown as Readonly<Record<RunState['at'], Row<RunState>>>;
  return rows[state.at];
}

function ending(outcome: Outcome, reason: string | null): Ending {
  return { outcome, reason, refusal: null, open: false };
}

function ended(ending: Ending): RunState {
  return { at: 'ended', ending };
}

const REFUSAL = { red: 'gate', conflict: 'stale', failed: null, aborted: null } as const;

function refused({ is, reason }: Trouble): Ending {
  const outcome = is === 'aborted' ? 'interrupted' : 'failed';
  return { outcome, reason, refusal: REFUSAL[is], open: false };
}

/** What recovery finds of a run whose applier is gone. */
export interface Leftovers {
  readonly phase: 'staging' | 'committed';
  readonly decision: { readonly decision: DecisionKind; readonly reason: string | null } | null;
  /** The revert was proven and its commits were written down before the applier went. */
  readonly revertVerified: boolean;
  /** It was proven and waits for a person: `awaited` by who asks (a guardian), `alone` when nobody is there for it any more. */
  readonly confirmation?: 'awaited' | 'alone' | null;
}

const UNCONFIRMED = 'it was not confirmed, and the process that waited for it is gone';

/** Where recovery takes up a run: before the commit point it never happened, without a `keep` it is taken back. */
export function resumeState(left: Leftovers): RunState {
  const gone = 'the command that applied it ended before it was decided';
  if (left.phase === 'staging') {
    return {
      at: 'abandoning',
      ending: ending(
        'interrupted',
        'the command that applied it ended before anything was written',
      ),
    };
  }
  if (left.decision === null) {
    if (left.confirmation === 'awaited') return { at: 'awaiting' };
    const hold = left.confirmation === 'alone';
    return { at: 'turning', reason: hold ? UNCONFIRMED : gone, hold };
  }
  if (left.decision.decision === 'keep') return { at: 'kept' };
  const reason = left.decision.reason ?? gone;
  return left.revertVerified ? { at: 'verified', reason } : { at: 'reverting', reason };
}
