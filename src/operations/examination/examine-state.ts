import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { errorCode, errorWords, STATE_DENIED_HELP } from '../../host/file-errors.ts';
import { judgeStateFileSystem } from '../../host/state-file-system.ts';
import { stateProblems } from '../../host/private-state.ts';
import { foreignStateDirectory } from '../../host/foreign-state-directory.ts';
import { thisUser } from '../../host/this-process.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';
import { broken, doubtful, fine } from './finding.ts';

const NAME = 'state';
const MIB = 2 ** 20;
/** A run keeps old and new versions, a journal and git objects: below this a run is refused half way or cannot be recorded. */
const NEEDED = 8;
const COMFORTABLE = 100;

/** Whether a run could keep its state: kind of file system, owner, write permission, space, inodes. Writes nothing. */
export async function stateDirectoryFinding({ host }: Session): Promise<Finding> {
  const { stateDir } = host;
  const existing = await firstExisting(stateDir);
  const facts = await statfs(existing);
  const { verdict, words } = judgeStateFileSystem(facts.type);
  const local = 'keep the state directory on a local disk';
  if (verdict === 'refused') return broken(NAME, `${stateDir} is on ${words}`, local);
  const refusal = (await foreignOwner(stateDir)) ?? (await notWritable(existing));
  if (refusal !== null) return refusal;
  const free = Math.floor((facts.bavail * facts.bsize) / MIB);
  if (free < NEEDED) return broken(NAME, `${stateDir}: ${free} MiB free`, 'make room (df -h)');
  // A file system without a fixed number of inodes tells 0 of 0.
  if (facts.files > 0 && facts.ffree === 0) {
    return broken(NAME, `${stateDir}: no inode is free`, 'remove files (df -i)');
  }
  const open = openToOthers(host);
  if (open !== null) return open;
  if (verdict === 'doubtful') return doubtful(NAME, `${stateDir} is on ${words}`, local);
  const others = foreignStateDirectory(stateDir);
  if (others !== null) return doubtful(NAME, others.message, others.help);
  if (free < COMFORTABLE) return doubtful(NAME, `${stateDir}: ${free} MiB free`, 'make room');
  return fine(NAME, `${stateDir}, ${free} MiB free`);
}

/** Only a doubt: what is managed may lie on another mount below it. */
export async function managedRoot({ host }: Session): Promise<readonly Finding[]> {
  const error = await refusedWrite(host.root.dir);
  if (errorCode(error) !== 'EROFS') return [];
  const help = 'remount it writable, unless every managed file is on another mount';
  return [doubtful('root', `${host.root.dir} is on a read-only file system`, help)];
}

async function foreignOwner(stateDir: string): Promise<Finding | null> {
  const me = thisUser();
  const owner = await stat(stateDir).then(
    ({ uid }) => uid,
    () => me,
  );
  if (me === 0 || owner === me) return null;
  const detail = `${stateDir} belongs to user ${owner}, but setpoint runs as user ${me}`;
  return broken(NAME, detail, STATE_DENIED_HELP);
}

function openToOthers(host: Session['host']): Finding | null {
  const problems = stateProblems(host);
  const [first] = problems;
  if (first === undefined) return null;
  return broken(NAME, problems.map(({ message }) => message).join('; '), first.help ?? '');
}

async function notWritable(directory: string): Promise<Finding | null> {
  const error = await refusedWrite(directory);
  if (error === null) return null;
  const help =
    errorCode(error) === 'EROFS'
      ? 'remount it writable; dmesg tells if an error made it read-only'
      : STATE_DENIED_HELP;
  return broken(NAME, `cannot write in ${directory}: ${errorWords(error)}`, help);
}

async function refusedWrite(directory: string): Promise<unknown> {
  return access(directory, constants.W_OK | constants.X_OK).then(
    () => null,
    (error: unknown) => error,
  );
}

async function firstExisting(path: string): Promise<string> {
  for (let dir = path; ; dir = dirname(dir)) {
    const found = await statfs(dir).then(
      () => true,
      () => false,
    );
    if (found || dirname(dir) === dir) return dir;
  }
}
