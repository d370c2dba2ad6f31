import type { CommitId, HostPath, Millis, PlanName, RunId } from './brand.ts';
import type { CheckResult, GatePhase } from './check.ts';
import type { Outcome } from './outcome.ts';

/** What a run tells while it goes on; renderers (terminal, CI, NDJSON) are consumers of the same stream. */
export type RunEvent =
  | {
      /** No run is begun: plans wait until they may all be applied (ISO 8601). */
      readonly type: 'window-awaited';
      readonly plans: readonly PlanName[];
      readonly until: string;
      readonly reason: string;
    }
  | { readonly type: 'recovery-started'; readonly run: RunId; readonly plan: PlanName }
  | {
      readonly type: 'run-started';
      readonly run: RunId;
      readonly plan: PlanName;
      readonly files: number;
    }
  | {
      readonly type: 'gate-phase-started';
      readonly run: RunId;
      readonly phase: GatePhase;
      readonly gates: readonly string[];
    }
  | {
      readonly type: 'gate-attempt';
      readonly run: RunId;
      readonly phase: GatePhase;
      readonly id: string;
      readonly attempt: number;
      readonly good: boolean;
      readonly consecutive: number;
      readonly needed: number;
      readonly detail: string;
    }
  | { readonly type: 'gate-finished'; readonly run: RunId; readonly result: CheckResult }
  | { readonly type: 'staged'; readonly run: RunId; readonly files: number }
  | {
      readonly type: 'written';
      readonly run: RunId;
      readonly path: HostPath;
      /** The run deletes this file. */
      readonly removed?: boolean;
    }
  | {
      readonly type: 'action-finished';
      readonly run: RunId;
      readonly argv: readonly string[];
      readonly ok: boolean;
      readonly detail: string;
    }
  | { readonly type: 'audit-finished'; readonly run: RunId; readonly result: CheckResult }
  | {
      readonly type: 'decided';
      readonly run: RunId;
      readonly decision: 'keep' | 'revert';
      readonly reason: string | null;
    }
  | {
      /** Proven; taken back unless a person confirms it until then (ISO 8601). */
      readonly type: 'awaiting-confirmation';
      readonly run: RunId;
      readonly until: string;
    }
  | {
      /** Old files come back once the kubelet has acted on the new ones, after so many milliseconds at the latest. */
      readonly type: 'revert-waits';
      readonly run: RunId;
      readonly upTo: Millis;
    }
  | {
      readonly type: 'restored';
      readonly run: RunId;
      readonly path: HostPath;
      /** There was no such file before the run. */
      readonly removed?: boolean;
    }
  | {
      /** The old content did not come up; it was written once more with the mark of a fresh identity. */
      readonly type: 'renewed';
      readonly run: RunId;
      readonly path: HostPath;
    }
  | { readonly type: 'recorded'; readonly run: RunId; readonly commits: readonly CommitId[] }
  | {
      readonly type: 'run-ended';
      readonly run: RunId;
      readonly plan: PlanName;
      readonly outcome: Outcome;
    };

export type RunEventListener = (event: RunEvent) => void;
