import type { ActionResult, RunAction, Trouble } from './actions.ts';
import { ending, type Ending } from './ending.ts';
import { UNCONFIRMED, type RunState } from './states.ts';

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

/**
 * The run as a pure state machine: a state is what is true so far, `nextAction` says what to do in it, `advance` what is
 * true after the action's result. The executor and recovery interpret the same machine; recovery only starts elsewhere.
 */
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
  kept: {
    does: () => ({ do: 'finish' }),
    done: () => ({ at: 'finished', reason: null }),
    trouble: leaveOpen,
  },
  finished: {
    does: () => ({ do: 'record-kept' }),
    done: ({ reason }) => ({ at: 'recorded', ending: ending('applied', reason) }),
    trouble: leaveOpen,
  },
  reverting: {
    does: () => ({ do: 'await-observed' }),
    done: ({ reason }) => ({ at: 'observed', reason }),
    // Nothing that is waited for is worth more than the old files.
    trouble: ({ reason }) => ({ at: 'observed', reason }),
  },
  observed: {
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
    // What cannot be asked, or was changed by others, a fresh identity does not mend.
    trouble: (state, trouble) =>
      trouble.is === 'red'
        ? { at: 'renewing', reason: state.reason, failure: trouble.reason }
        : fail(state, trouble),
  },
  renewing: {
    does: ({ failure }) => ({ do: 'renew', failure }),
    done: ({ reason }) => ({ at: 'renewed', reason }),
    trouble: (state, { is, reason }) =>
      fail(state, { is, reason: is === 'red' ? reason : `${state.failure}; ${reason}` }),
  },
  renewed: {
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
  return { ...state, reason: state.reason === null ? note : `${state.reason}; ${note}` };
}

function rowOf(state: RunState): Row<RunState> {
  const rows = TABLE as unknown as Readonly<Record<RunState['at'], Row<RunState>>>;
  return rows[state.at];
}

function ended(ending: Ending): RunState {
  return { at: 'ended', ending };
}

const REFUSAL = { red: 'gate', conflict: 'stale', failed: null, aborted: null } as const;

function refused({ is, reason }: Trouble): Ending {
  const outcome = is === 'aborted' ? 'interrupted' : 'failed';
  return { outcome, reason, refusal: REFUSAL[is], open: false };
}
