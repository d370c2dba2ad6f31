import { userInfo } from 'node:os';
import type { FileState } from '../../model/file-image.ts';
import { sha256 } from '../read-file.ts';

/** Where Debian's cron keeps the crontabs of users, on the machine itself: below another root there is no such path. */
const SPOOL = '/var/spool/cron/crontabs/';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whose crontab this is, when it is that of the user who runs setpoint and not root: they may not look into the spool, only crontab(1)
 * may. `null`: a file as any other.
 */
export function ownCrontab(path: string): Account | null {
  if (!path.startsWith(SPOOL) || process.geteuid?.() === 0) return null;
  try {
    const { username: name, uid, gid } = userInfo();
    return path === SPOOL + name ? { name, uid, gid } : null;
  } catch {
    // Nobody of that id: crontab(1) would not serve them either.
    return null;
  }
}

/** Stands for the inode: a crontab is one place, whatever file crontab(1) keeps it in. */
export const NO_INODE = { dev: 0, ino: 0 };

/** As cron wants it; nobody but crontab(1) can look. */
export function crontabState(bytes: Uint8Array, owner: Pick<Account, 'uid' | 'gid'>): FileState {
  const { uid, gid } = owner;
  return { sha256: sha256(bytes), size: bytes.length, mode: 0o600, uid, gid };
}
