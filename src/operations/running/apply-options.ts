import type { PlanName } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import type { Variables } from '../../model/plan-file.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { PlanResult } from '../results.ts';

export interface ApplyOptions {
  /** A saved set (already read and checked by readChangeSet), or what to plan now. */
  readonly source:
    | { readonly set: ChangeSet }
    | { readonly plans: readonly PlanName[]; readonly vars: Variables };
  /**
   * Asks a person. Called with the set to execute when it was not saved; called again when the one computed under the lock
   * differs. Resolves false ⇒ nothing is done (exit 1). `--auto-approve` gives a function that says true.
   */
  readonly approve: (plan: PlanResult) => Promise<boolean>;
  readonly allowDirty: boolean;
  /** `--allow-diverged --reason`. */
  readonly allowDiverged: string | null;
  /** `--retry-held --reason`. */
  readonly retryHeld: string | null;
  readonly allowUnhealthy: boolean;
  readonly offline: boolean;
  /** `--no-guardian` gives false: a run that is killed waits for the next command. */
  readonly guardian: boolean;
  readonly listener: RunEventListener;
  /** Aborted on SIGINT/SIGTERM/SIGHUP: an open gate wait ends in a revert. */
  readonly signal: AbortSignal;
}
