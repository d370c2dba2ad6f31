import type { DecisionKind } from '../journal/decision-kind.ts';
import { ending } from './ending.ts';
import { UNCONFIRMED, type RunState } from './states.ts';

/** What recovery finds of a run whose applier is gone. */
export interface Leftovers {
  readonly phase: 'staging' | 'committed';
  readonly decision: { readonly decision: DecisionKind; readonly reason: string | null } | null;
  /** The revert was proven and its commits were written down before the applier went. */
  readonly revertVerified: boolean;
  /** It was proven and waits for a person: `awaited` by who asks (a guardian), `alone` when nobody is there for it any more. */
  readonly confirmation?: 'awaited' | 'alone' | null;
}

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
