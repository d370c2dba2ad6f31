import type { CommitId, HostName } from '../model/brand.ts';
import type { StateCommitSpec } from '../model/state-change.ts';
import { fsyncObjects } from './durable-directory.ts';
import type { GitCommand } from './git-command.ts';
import { objectId } from './object-pack.ts';
import { stateError } from './state-error.ts';
import type { StatePlace } from './state-paths.ts';

/** Id that the spec's commit has or will have; nothing is read or written. The same spec and host give the same id. */
export function stateCommitId(spec: StateCommitSpec, host: HostName): CommitId {
  return objectId('commit', Buffer.from(commitText(spec, host), 'utf8')) as CommitId;
}

/**
 * Writes the commit object, durable but on no branch; again does nothing. Throws SP5002 when the tree or the parent is not in
 * the repository.
 */
export async function writeStateCommit(
  git: GitCommand,
  place: StatePlace,
  spec: StateCommitSpec,
): Promise<CommitId> {
  const id = stateCommitId(spec, place.host);
  const parent = spec.parent === null ? [] : ['-p', spec.parent];
  const { stdout } = await git(['commit-tree', spec.tree, ...parent, '-F', '-'], {
    input: messageOf(spec),
    env: writerOf(place.host, spec.date),
  });
  const written = stdout.toString('utf8').trim();
  if (written !== id) {
    // The journal promised `id`; a recovery could never find this commit.
    throw stateError('SP5002', {
      message: `git wrote commit ${written} where ${id} was computed`,
      help: 'This is a bug: report it with the output of `git version`.',
    });
  }
  await fsyncObjects(place.gitDir, [id]);
  return id;
}

export interface JoiningCommitSpec extends Omit<StateCommitSpec, 'parent'> {
  readonly parents: readonly CommitId[];
}

/** A commit that joins histories: what a person chose of two records, on top of both. Durable, on no branch. Errors: SP5002. */
export async function writeJoiningCommit(
  git: GitCommand,
  place: StatePlace,
  spec: JoiningCommitSpec,
): Promise<CommitId> {
  const parents = spec.parents.flatMap((parent) => ['-p', parent]);
  const { stdout } = await git(['commit-tree', spec.tree, ...parents, '-F', '-'], {
    input: messageOf(spec),
    env: writerOf(place.host, spec.date),
  });
  const id = stdout.toString('utf8').trim() as CommitId;
  await fsyncObjects(place.gitDir, [id]);
  return id;
}

function writerOf(host: HostName, seconds: number): Readonly<Record<string, string>> {
  const name = 'setpoint';
  const email = `setpoint@${host}`;
  const date = `@${seconds} +0000`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}

function commitText(spec: StateCommitSpec, host: HostName): string {
  const who = `setpoint <setpoint@${host}> ${spec.date} +0000`;
  return [
    `tree ${spec.tree}`,
    ...(spec.parent === null ? [] : [`parent ${spec.parent}`]),
    `author ${who}`,
    `committer ${who}`,
    '',
    messageOf(spec),
  ].join('\n');
}

/** `commit-tree` completes the last line. */
function messageOf(spec: Pick<StateCommitSpec, 'message'>): string {
  return spec.message.endsWith('\n') ? spec.message : `${spec.message}\n`;
}
