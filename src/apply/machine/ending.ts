import type { Outcome } from '../../model/outcome.ts';

/** How a run ends. */
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

/** An end that closes the run and refuses nothing. */
export function ending(outcome: Outcome, reason: string | null): Ending {
  return { outcome, reason, refusal: null, open: false };
}
