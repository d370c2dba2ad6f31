import type { Millis, PlanName } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import type { Variables } from '../../model/plan-file.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { ApplyResult, PlanResult } from '../results.ts';

/**
 * Leaves the open run to its guardian and says what was done so far. The caller has to end its process at once. Without a guardian the
 * answer has `leftBehind`. `null` when no run is past its commit point.
 */
export type HandOver = () => ApplyResult | null;

export interface ApplyOptions {
  /** A saved set (already read and checked by readChangeSet), or what to plan now. */
  readonly source:
    | { readonly set: ChangeSet }
    | {
        readonly plans: readonly PlanName[];
        readonly vars: Variables;
        /** `--acknowledge-irreversible`: plans that may take back what no restored file does. */
        readonly acknowledged?: readonly PlanName[] | undefined;
      };
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
  /** `--override window --reason`: change windows are not asked. */
  readonly overrideWindow?: string | undefined;
  /** `--wait-window`, `--wait-limit`: how long to wait for change windows before the run lock is taken; absent: not at all. */
  readonly waitWindow?: Millis | undefined;
  /** `--new-host`: nothing is recorded here, and the remote that could know better cannot be asked. */
  readonly newHost?: boolean | undefined;
  readonly allowUnhealthy: boolean;
  readonly offline: boolean;
  /** `--no-guardian` gives false: a run that is killed waits for the next command. */
  readonly guardian: boolean;
  /** `--confirm-within`: the one run that writes waits so long for `setpoint confirm` and is taken back without it. */
  readonly confirmWithin?: Millis | undefined;
  readonly listener: RunEventListener;
  /** Given what a second interrupt calls, as long as runs go on: see HandOver. */
  readonly offerHandOver?: ((handOver: HandOver) => void) | undefined;
  /** Aborted on SIGINT/SIGTERM/SIGHUP: an open gate wait ends in a revert. */
  readonly signal: AbortSignal;
}
