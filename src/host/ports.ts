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

/** The managed root (`--root`, default `/`). */
export interface Root {
  readonly dir: RealPath;
  /** Reads one path without locks; never throws for what people can cause (see ObservedContent). */
  observe(path: HostPath, options?: ObserveOptions): Promise<ObservedFile>;
  /** Lexical join inside the root (no symlink resolution). */
  toReal(path: HostPath): RealPath;
  toHost(path: RealPath): HostPath;
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
  readonly commands: Commands;
  readonly locks: Locks;
  readonly pathLocks: PathLocks;
  /** `<root>/var/lib/setpoint`, or `$XDG_STATE_HOME/setpoint` for a non-root user on `/`. */
  readonly stateDir: RealPath;
  readonly bootId: string;
  /** Owner of files that setpoint creates: the effective user and group. */
  readonly newOwner: { readonly uid: number; readonly gid: number };
}
