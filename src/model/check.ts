import type { HostPath, Millis } from './brand.ts';

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
  /**
   * A kubeconfig of the host whose client certificate is presented where the file is there: what a gate that nobody wrote may
   * use. Its token is never sent, because such a gate verifies no server.
   */
  readonly kubeconfigIfThere?: string;
  /** Kubelet probes do not verify; gates written by people do unless they say so. */
  readonly insecureSkipVerify?: boolean;
  /** Made of a probe over https that the kubelet asks without credentials. Only of derived gates: 401 is their end. */
  readonly asKubelet?: true;
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

/** The container of a static pod, by the names in its manifest: the kubelet appends `-<node>` to the pod's. */
export interface PodContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A process with exactly `argv` runs, stays up, and no process with `replaces` or with a pid noted before the write is left. */
export interface ProcessCheck {
  readonly kind: 'process';
  readonly argv: readonly string[];
  /** Argument vector that must be gone. Absent: no restart is expected, `argv` must simply run. */
  readonly replaces?: readonly string[];
  /** TCP ports on which the process, a child of it or another new process of its pod has to be the only listener. */
  readonly listens?: readonly number[];
  /** Whom to ask the container runtime about. */
  readonly container?: PodContainer;
}

/** An etcd cluster has quorum, and would still have it with one more voting member lost, where one is about to restart. */
export interface EtcdQuorumCheck {
  readonly kind: 'etcd-quorum';
  /** Voting members that may be lost on top: 0 where no member restarts. Absent: 1. */
  readonly spare?: 0;
  /** Client URLs; the first that answers names the members. */
  readonly endpoints: readonly string[];
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecureSkipVerify?: boolean;
}

/** A manifest's container, and the process that runs it, pass a row of the CIS benchmark. Only as an audit. */
export interface CisCheck {
  readonly kind: 'cis';
  /** `cis-1.12` */
  readonly version: string;
  /** `1.2.15` */
  readonly row: string;
  readonly path: HostPath;
  /** Default: the only one. */
  readonly container: string | null;
}

export type CheckSpec =
  | HttpCheck
  | TcpCheck
  | CommandCheck
  | ProcessCheck
  | EtcdQuorumCheck
  | CisCheck;

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
  /** `unauthenticated`: something answers, but with 401 or 403: neither healthy nor dead. */
  readonly state?: 'unauthenticated';
}
