/**
 * The outside world as small interfaces. Everything above host/ takes these, tests give fakes.
 * Errors: SetpointError with SP6xxx (exit 1 unless said otherwise).
 */
import type { HostPath, Millis, RealPath } from '../model/brand.ts';
import type { ObservedFile } from '../model/file-image.ts';

export interface Clock {
  now(): Date;
  /** Monotonic milliseconds (CLOCK_MONOTONIC): processes of one boot can compare theirs. */
  monotonic(): number;
  /** Resolves after `ms`, rejects with `signal.reason` when aborted. */
  sleep(ms: Millis, signal?: AbortSignal): Promise<void>;
}

export interface ObserveOptions {
  /** The file is only read, or written through its own inode: bind mounts and hard links are no hindrance. */
  readonly inPlace?: boolean;
}

/** A path after symbolic links inside the root, and what is there; `unknown`: it may not be looked at. */
export interface LookedAt {
  readonly path: HostPath;
  readonly present: 'file' | 'directory' | 'absent' | 'unknown';
}

/** The managed root (`--root`, default `/`). */
export interface Root {
  readonly dir: RealPath;
  /** Reads one path without locks; never throws for what people can cause (see ObservedContent). */
  observe(path: HostPath, options?: ObserveOptions): Promise<ObservedFile>;
  /** Lexical join inside the root (no symlink resolution). */
  toReal(path: HostPath): RealPath;
  toHost(path: RealPath): HostPath;
  /** What is at a path, without reading it: never throws. */
  lookAt(path: HostPath): Promise<LookedAt>;
  /** Names in a directory, sorted; empty when it does not exist or is not a directory. */
  list(directory: HostPath): Promise<readonly string[]>;
}

/** One running process as /proc shows it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly argv: readonly string[];
  /** Start time in clock ticks since boot: with the pid it names a process for ever. */
  readonly startTime: string;
}

export interface Processes {
  /** Every readable process, kernel threads excluded. Throws SP6xxx when /proc cannot be read at all. */
  list(): Promise<readonly ProcessInfo[]>;
  /** `own`: processes of other users are hidden (hidepid), so that their absence proves nothing. Absent in fakes: `all`. */
  visible?(): Promise<'all' | 'own'>;
  /** Tells of each start of a wanted process from now on, however short-lived. Absent in fakes. Gives the function that ends it. */
  watchStarts?(
    wanted: (argv: readonly string[]) => boolean,
    seen: (process: ProcessInfo) => void,
  ): () => void;
  /** The pod that a process runs in, as its cgroup says; null when it says none, or the process is gone. Absent in fakes. */
  podUid?(pid: number): Promise<string | null>;
  /** Listening TCP sockets in the network of a process; null when they cannot be read. Absent in fakes. */
  listeners?(pid: number): Promise<readonly Listener[] | null>;
  /** Inodes of the sockets that a process has open; null when they are not ours to read. Absent in fakes. */
  sockets?(pid: number): Promise<ReadonlySet<string> | null>;
}

/** A listening TCP socket. */
export interface Listener {
  readonly family: 'tcp' | 'tcp6';
  /** As /proc/net/tcp writes it, in hexadecimal: for comparison only. */
  readonly address: string;
  /** `0.0.0.0` or `::`. */
  readonly everywhere: boolean;
  readonly port: number;
  readonly inode: string;
}

/** A container of a static pod as its runtime knows it. */
export interface RuntimeContainer {
  readonly id: string;
  readonly name: string;
  /** Counts its starts in this pod, from 0. */
  readonly attempt: number;
  readonly state: 'running' | 'exited' | 'other';
  /** Known at once, or only when `exitOf` asks. */
  readonly exit: ContainerExit | null;
}

export interface ContainerExit {
  readonly code: number;
  readonly reason: string;
}

/** A static pod as its runtime knows it, newest first. */
export interface RuntimePod {
  readonly uid: string;
  /** Annotation kubernetes.io/config.hash: names the configuration that it was made from. */
  readonly hash: string | null;
  readonly running: boolean;
  readonly containers: readonly RuntimeContainer[];
}

export type RuntimeAnswer =
  | { readonly known: true; readonly from: string; readonly pods: readonly RuntimePod[] }
  /** Nobody could be asked: why, for people. */
  | { readonly known: false; readonly reason: string };

/** Who runs static pods: the container runtime, or the kubelet. Never rejects; each question ends after some seconds. */
export interface PodRuntime {
  /** Pods of that namespace and manifest name that come from files. */
  pods(namespace: string, name: string): Promise<RuntimeAnswer>;
  /** How a container ended; null when it runs or nobody knows. */
  exitOf(container: RuntimeContainer): Promise<ContainerExit | null>;
  /** The last lines that it said, oldest first; empty when nobody knows. */
  lastLines(container: RuntimeContainer): Promise<readonly string[]>;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** The program could not be started at all (not found, no permission): reason for people. */
  readonly spawnError: string | null;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly timeout: Millis;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** Called with the new process group's id as soon as it runs, so that a journal can name it. */
  readonly onStart?: (processGroup: number) => void;
}

export interface Commands {
  /** Runs an argument array in a process group of its own (ended whole on timeout or abort); never rejects. */
  run(argv: readonly string[], options: CommandOptions): Promise<CommandResult>;
}

export interface LockHolder {
  readonly pid: number;
  readonly command: string;
  readonly run: string | null;
  readonly since: string;
}

export interface HeldLock {
  readonly fd: number;
  /** Rewrites the holder text (for humans only). */
  describe(holder: Partial<LockHolder>): void;
  release(): void;
  /** Closes this process's descriptor and nothing else: who inherited the lock keeps it. `release` does nothing afterwards. */
  leave(): void;
}

export interface Locks {
  /** Exclusive run lock; waits up to `timeout`, then SetpointError exit 5 naming the holder. */
  acquire(file: RealPath, command: string, timeout: Millis): Promise<HeldLock>;
  /** Holder text of a lock held by someone now, or null. */
  holder(file: RealPath): Promise<LockHolder | null>;
}

/** Paths of this host that are locked together, until `release` or the end of the process. */
export interface HeldPaths {
  release(): void;
}

export interface PathLocks {
  /**
   * Exclusive locks on paths (symlinks resolved), all or none; waits up to `timeout`, then SetpointError SP6080 (exit 5) naming
   * the path and who holds it. Taken after the run lock by whoever takes both. Children do not inherit them.
   */
  acquire(paths: readonly HostPath[], timeout: Millis): Promise<HeldPaths>;
}

export interface Host {
  readonly root: Root;
  readonly clock: Clock;
  readonly processes: Processes;
  /** Absent in fakes: proof comes from processes alone. */
  readonly podRuntime?: PodRuntime;
  readonly commands: Commands;
  readonly locks: Locks;
  readonly pathLocks: PathLocks;
  /** `<root>/var/lib/setpoint`, or `$XDG_STATE_HOME/setpoint` for a non-root user on `/`. */
  readonly stateDir: RealPath;
  readonly bootId: string;
  /** Owner of files that setpoint creates: the effective user and group. */
  readonly newOwner: { readonly uid: number; readonly gid: number };
}
