import { createHash, randomUUID } from 'node:crypto';
import {
  mkdtempSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  openStateRepository,
  type StateRepository,
} from '../../../src/git/record/state-repository.ts';
import { openHost } from '../../../src/host/open-host.ts';
import type { HeldLock, HeldPaths, Host, PathLocks } from '../../../src/host/ports.ts';
import type { HostName, HostPath, Millis, RealPath, Sha256 } from '../../../src/model/brand.ts';
import type { FileState } from '../../../src/model/file-image.ts';
import type { RunEvent } from '../../../src/model/run-event.ts';
import type { RunContext } from '../../../src/apply/machine/run-input.ts';
import { withUntimedCommands } from './untimed-commands.ts';

export const HOST = 'cp-1' as HostName;

/** A real host in a temporary directory: real files, real lock, real git, real commands. */
export interface RunRig {
  readonly root: RealPath;
  readonly host: Host;
  readonly state: StateRepository;
  readonly context: RunContext;
  readonly events: RunEvent[];
  readonly interrupt: AbortController;
  write(path: string, text: string, mode?: number): void;
  /** Content, or null when absent. */
  read(path: string): string | null;
  real(path: string): string;
  stateOf(path: string): FileState | null;
  /** Shell command run at the first event of this type, synchronously with it. */
  on(type: RunEvent['type'], act: (event: RunEvent) => void): void;
  close(): void;
}

/** Opens the rig in `root`, or in a new temporary directory that `close` removes. */
export async function openRig(root?: string): Promise<RunRig> {
  const dir = realpathSync(root ?? mkdtempSync(join(tmpdir(), 'setpoint-run-'))) as RealPath;
  const opened = await openHost({ root: dir, env: { PATH: process.env['PATH'] } });
  const pathLocks = locksOfTheLiving(opened.pathLocks);
  const host = withUntimedCommands({ ...opened, pathLocks });
  const lock = await host.locks.acquire(
    join(host.stateDir, 'lock') as RealPath,
    'test',
    5000 as Millis,
  );
  const state = openStateRepository({
    stateDir: host.stateDir,
    host: HOST,
    newHostId: randomUUID,
    searchPath: process.env['PATH'],
    lockFd: lock.fd,
  });
  const interrupt = new AbortController();
  const events: RunEvent[] = [];
  const watchers: { type: string; act: (event: RunEvent) => void }[] = [];
  const listener = (event: RunEvent): void => {
    events.push(event);
    for (const { type, act } of watchers) if (type === event.type) act(event);
  };
  const context: RunContext = {
    host,
    state,
    listener,
    signal: interrupt.signal,
    lock,
    toolVersion: '0.1.0',
  };
  const real = (path: string): string => join(dir, path);
  return {
    root: dir,
    host,
    state,
    context,
    events,
    interrupt,
    real,
    write(path, text, mode = 0o644) {
      mkdirSync(dirname(real(path)), { recursive: true });
      writeFileSync(real(path), text, { mode });
    },
    read: (path) => readOrNull(real(path)),
    stateOf: (path) => stateOfFile(real(path)),
    on: (type, act) => watchers.push({ type, act }),
    close: () => closeRig(lock, root === undefined ? dir : null),
  };
}

/** One run lives at a time: what an applier that only plays dead still holds is freed for the next, as its death would. */
function locksOfTheLiving(locks: PathLocks): PathLocks {
  let last: HeldPaths | null = null;
  return {
    async acquire(paths, timeout) {
      last?.release();
      last = await locks.acquire(paths, timeout);
      return last;
    },
  };
}

function closeRig(lock: HeldLock, dir: string | null): void {
  lock.release();
  if (dir !== null) rmSync(dir, { recursive: true, force: true });
}

function readOrNull(path: string): string | null {
  return statSync(path, { throwIfNoEntry: false }) === undefined
    ? null
    : readFileSync(path, 'utf8');
}

export function stateOfFile(path: string): FileState | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  const bytes = readFileSync(path);
  const { uid, gid } = stat;
  return { sha256: sha256(bytes), size: bytes.length, mode: stat.mode & 0o7777, uid, gid };
}

export function sha256(bytes: Uint8Array | string): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

export function hostPath(path: string): HostPath {
  return path as HostPath;
}
