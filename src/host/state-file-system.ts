import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';

/** What kind of file system keeps the state. `refused`: what was synced or locked there proves nothing. */
export interface StateFileSystem {
  readonly verdict: 'fine' | 'doubtful' | 'refused';
  /** For people; empty when fine. */
  readonly words: string;
}

/** statfs(2) magic numbers. */
const KNOWN: ReadonlyMap<number, StateFileSystem> = new Map([
  [0x6969, refused('NFS: kernel locks and fsync are not dependable')],
  [0x517b, refused('SMB: kernel locks and fsync are not dependable')],
  [0xfe534d42, refused('SMB: kernel locks and fsync are not dependable')],
  [0xff534d42, refused('SMB: kernel locks and fsync are not dependable')],
  [0x1021994, doubtful('tmpfs: the state is lost at reboot')],
  [0x794c7630, doubtful('overlayfs: with the mount option volatile nothing is synced')],
]);

const FINE: StateFileSystem = { verdict: 'fine', words: '' };

/** Judges the type number that statfs(2) gives. */
export function judgeStateFileSystem(type: number): StateFileSystem {
  // Some numbers do not fit into 31 bits, and may come sign-extended.
  return KNOWN.get(type >>> 0) ?? FINE;
}

/** Refuses a state directory on a network file system: SP6065, exit 1. `typeOf` is for tests. */
export function requireDependableState(
  stateDir: string,
  typeOf: (path: string) => number = (path) => statfsSync(path).type,
): void {
  const { verdict, words } = judgeStateFileSystem(typeOfNearest(stateDir, typeOf));
  if (verdict !== 'refused') return;
  throw new SetpointError(EXIT.failed, [
    {
      code: 'SP6065',
      severity: 'error',
      message: `the state directory ${stateDir} is on ${words}`,
      help: 'Mount a local file system there (or, as an ordinary user, set XDG_STATE_HOME to a directory on one).',
    },
  ]);
}

function typeOfNearest(path: string, typeOf: (path: string) => number): number {
  for (let directory = path; ; directory = dirname(directory)) {
    try {
      return typeOf(directory);
    } catch (error) {
      if (directory === dirname(directory)) throw error;
    }
  }
}

function refused(words: string): StateFileSystem {
  return { verdict: 'refused', words };
}

function doubtful(words: string): StateFileSystem {
  return { verdict: 'doubtful', words };
}
