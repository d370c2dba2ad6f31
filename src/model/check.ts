import type { Millis } from './brand.ts';

/** When a gate is judged. Explicit gates default to all three. */
export type GatePhase = 'before' | 'after' | 'revert';

export const ALL_PHASES: readonly GatePhase[] = ['before', 'after', 'revert'];

export interface TextExpectation {
  readonly contains?: string;
  /** JavaScript regular expression source, tried with flag `m`: `^ok$` means a line. */
  readonly matches?: string;
}

/**
 * File references (`ca`, `cert`, `key`, `kubeconfig`): absolute = a path on the host (inside `--root`), otherwise relative
 * to the run's copy of the workspace.
 */
export interface HttpCheck {
  readonly kind: 'http';
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** Accepted status codes; default 200–399. */
  readonly status?: readonly number[];
  readonly body?: TextExpectation;
  /** Expected response headers. */
  readonly expectHeaders?: Readonly<Record<string, string>>;
  /** Sent request headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly kubeconfig?: string;
  /** Kubelet probes do not verify; gates written by people do unless they say so. */
  readonly insecureSkipVerify?: boolean;
}

export interface TcpCheck {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
}

export interface CommandCheck {
  readonly kind: 'command';
  /** Argument array, never a shell line. Runs in the run's copy of the workspace. */
  readonly run: readonly string[];
  /** Default 0. */
  readonly exitCode?: number;
  readonly output?: TextExpectation;
}

/** A process with exactly `argv` runs, stays up, and no process with `replaces` or with a pid noted before the write is left. */
export interface ProcessCheck {
  readonly kind: 'process';
  readonly argv: readonly string[];
  /** Argument vector that must be gone. Absent: no restart is expected, `argv` must simply run. */
  readonly replaces?: readonly string[];
}

export type CheckSpec = HttpCheck | TcpCheck | CommandCheck | ProcessCheck;

export interface GateSpec {
  /** Unique within its plan part, stable across phases: `apiserver[0]`, `plan[1]`, `apiserver:process`. */
  readonly id: string;
  readonly phases: readonly GatePhase[];
  readonly check: CheckSpec;
  /** Deadline for the whole gate; default 300 s. */
  readonly within: Millis;
  /** Pause between attempts; default 2 s. */
  readonly every: Millis;
  /** Limit for one attempt; default 10 s. */
  readonly timeout: Millis;
  /** Consecutive good answers; default 3. */
  readonly successes: number;
}

/** A check that the change had its intended effect; one attempt unless `within` says otherwise. */
export interface AuditSpec {
  readonly id: string;
  readonly check: CheckSpec;
  readonly timeout: Millis;
}

/** `onChange`: a command run after the resource's transaction and again after a revert. */
export interface ActionSpec {
  readonly run: readonly string[];
  readonly timeout: Millis;
}

export interface CheckResult {
  readonly id: string;
  readonly phase: GatePhase | 'audit';
  readonly verdict: 'green' | 'red' | 'skipped';
  readonly attempts: number;
  /** Milliseconds from first attempt to verdict. */
  readonly took: number;
  /** One line for people: the last answer, or why it is red. */
  readonly detail: string;
}
