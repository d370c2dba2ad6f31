import type { Clock, Commands, PodRuntime, Processes, Root } from '../host/ports.ts';
import type { GateSpec } from '../model/check.ts';
import type { ProcessBaseline } from './process-baseline.ts';

/** What every check of one gate round works with. */
export interface CheckContext {
  readonly root: Root;
  readonly processes: Processes;
  /** Absent: proof of restart comes from processes alone. */
  readonly podRuntime?: PodRuntime | undefined;
  readonly commands: Commands;
  readonly clock: Clock;
  /** The run's copy of the workspace: relative file references resolve in it, commands run in it. */
  readonly directory: string;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Processes noted before the write; in the revert phase what `startedSince` gives. */
  readonly baseline: ProcessBaseline;
}

/** What one attempt found. `detail` is one line for people. */
export type Answer =
  | {
      readonly good: true;
      readonly detail: string;
      /** Who answered. A good answer from someone else than last time starts the count again. */
      readonly identity?: string;
    }
  | {
      readonly good: false;
      readonly detail: string;
      /** Cannot get better: stop waiting. */
      readonly fatal?: boolean;
      /** No answer came in the time that it had. */
      readonly late?: boolean;
      /** Something answers, but not to us. */
      readonly state?: 'unauthenticated';
    };

/** A check of one gate round; may remember what earlier attempts saw. */
export interface Check {
  /** Asks once. Ends soon after `signal` is aborted (then the answer does not count); a rejection counts as bad. */
  attempt(signal: AbortSignal): Promise<Answer>;
  /** Ends what the check keeps between attempts. */
  close?(): void;
}

/** `every` is absent for audits, which ask once. */
export type Pace = Pick<GateSpec, 'timeout'> & Partial<Pick<GateSpec, 'every'>>;
