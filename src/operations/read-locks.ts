import { statSync } from 'node:fs';
import { join } from 'node:path';

import { openJournals } from '../apply/journal/journal-file.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { STATE_DENIED_HELP } from '../host/file-errors.ts';
import { readHolderText } from '../host/lock-holder.ts';
import {
  commandOf,
  isLocked,
  lockUsers,
  type LockedRange,
  type LockUser,
} from '../host/lock-holders.ts';
import { PATH_LOCKS } from '../host/lock-file.ts';
import { isTurn } from '../host/lock-queue.ts';
import { lockedByte } from '../host/path-locks.ts';
import { thisUser } from '../host/this-process.ts';
import type { HostPath, RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { openState } from './open-state.ts';
import type { LocksResult } from './results.ts';
import { readOpenRuns } from './running/open-runs.ts';
import { runLockFile } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

/**
 * Who holds the locks of this host and who waits for them, by what the kernel tells of open files. Takes no lock, not even for
 * a moment. Errors: SP6021 (exit 1) for a user that does not see the processes that could hold them.
 */
export async function readLocks(session: Session): Promise<LocksResult> {
  requireSight(session.host.stateDir);
  const runLock = runLockFile(session);
  const users = lockUsers(runLock);
  const seen = users.some(isHolder);
  // Who runs as root for this directory's owner is hidden from that owner.
  const hidden = !seen && isLocked(runLock);
  const held = seen || hidden;
  const pathUsers = lockUsers(join(session.host.stateDir, PATH_LOCKS) as RealPath)
    .map(({ pid, ranges }) => ({ pid, ranges: ranges.filter(({ first }) => !isTurn(first)) }))
    // Who waits for the run lock has this file open for its turn.
    .filter((user) => isHolder(user) || !users.some(({ pid }) => pid === user.pid));
  const known = pathUsers.some(isHolder) ? await knownPaths(session) : [];
  const leftOpen = held ? [] : await leftOpenRuns(session);
  return {
    run: {
      held,
      ...(hidden ? { hidden: true as const } : {}),
      // The text of a holder that was killed stays: without a lock it says nothing.
      holder: held ? readHolderText(runLock) : null,
      processes: users.filter(isHolder).map(asProcess),
      waiting: users.filter((user) => !isHolder(user)).map(asProcess),
    },
    paths: {
      held: pathUsers.filter(isHolder).map((user) => heldPaths(user, known)),
      waiting: pathUsers.filter((user) => !isHolder(user)).map(asProcess),
    },
    leftOpen,
  };
}

/** Journals that cannot be read are told by `status` and `doctor`; here the locks are asked for. */
async function leftOpenRuns(session: Session): Promise<LocksResult['leftOpen']> {
  try {
    const { holder, openRuns } = await readOpenRuns(session);
    return holder === null ? openRuns : [];
  } catch (error) {
    if (error instanceof SetpointError) return [];
    throw error;
  }
}

/** The kernel hides the descriptors of other users' processes: without this a held lock would be told as free. */
function requireSight(stateDir: RealPath): void {
  const me = thisUser();
  const owner = statSync(stateDir, { throwIfNoEntry: false })?.uid ?? me;
  if (me === 0 || owner === me) return;
  const message = `cannot tell who holds the locks: ${stateDir} belongs to user ${owner}, but setpoint runs as user ${me}`;
  throw new SetpointError(EXIT.failed, [
    { code: 'SP6021', severity: 'error', message, help: STATE_DENIED_HELP },
  ]);
}

function isHolder({ ranges }: LockUser): boolean {
  return ranges.length > 0;
}

function asProcess({ pid }: LockUser): LocksResult['run']['processes'][number] {
  return { pid, command: commandOf(pid) };
}

function heldPaths(
  user: LockUser,
  known: readonly HostPath[],
): LocksResult['paths']['held'][number] {
  const paths = known.filter((path) => user.ranges.some((range) => includes(range, path)));
  // Neighbouring bytes are one range.
  const count = user.ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return { ...asProcess(user), paths, others: Math.max(0, count - paths.length) };
}

function includes({ first, last }: LockedRange, path: HostPath): boolean {
  const byte = lockedByte(path);
  return first <= byte && byte <= last;
}

/** A lock is a digest of a path: it can be told for paths that are known, managed ones and those of open runs. */
async function knownPaths(session: Session): Promise<readonly HostPath[]> {
  const recorded = await openState(session).load();
  const open = openJournals(session.host).flatMap((journal) =>
    journal.phase === 'committed' ? journal.files.map(({ path }) => path) : [],
  );
  return [...new Set([...recorded.files.keys(), ...open])].toSorted();
}
