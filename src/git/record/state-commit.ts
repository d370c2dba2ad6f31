import type { CommitId, HostName } from '../../model/brand.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import { fsyncObjects } from '../objects/durable-directory.ts';
import type { GitCommand } from '../git-command.ts';
import { objectId } from '../objects/object-pack.ts';
import { stateError } from '../state-error.ts';
import type { StatePlace } from './state-paths.ts';

/** Id that the spec's commit has or will have; nothing is read or written. The same spec and host give the same id. */
export function stateCommitId(spec: StateCommitSpec, host: HostName): CommitId {
  return idOf(joining(spec), host);
}

export interface JoiningCommitSpec extends Omit<StateCommitSpec, 'parent'> {
  readonly parents: readonly CommitId[];
}

/**
 * Writes the commit object, durable but on no branch; again does nothing. Throws SP5002 when the tree or the parent is not in
 * the repository.
 */
export function writeStateCommit(
  git: GitCommand,
  place: StatePlace,
  spec: StateCommitSpec,
): Promise<CommitId> {
  return writeJoiningCommit(git, place, joining(spec));
}

/** The same for a commit that joins histories: what a person chose of two records, on top of both. */
export async function writeJoiningCommit(
  git: GitCommand,
  place: StatePlace,
  spec: JoiningCommitSpec,
): Promise<CommitId> {
  const id = idOf(spec, place.host);
  const write = spec.signature === undefined ? commitTree : signedObject;
  const written = await write(git, place.host, spec);
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

/** What a signature of the commit is about. */
export function signedText(spec: StateCommitSpec | JoiningCommitSpec, host: HostName): string {
  const { signature: _, ...unsigned } = 'parents' in spec ? spec : joining(spec);
  return commitText(unsigned, host);
}

function joining({ parent, ...spec }: StateCommitSpec): JoiningCommitSpec {
  return { ...spec, parents: parent === null ? [] : [parent] };
}

function idOf(spec: JoiningCommitSpec, host: HostName): CommitId {
  return objectId('commit', Buffer.from(commitText(spec, host), 'utf8')) as CommitId;
}

async function commitTree(
  git: GitCommand,
  host: HostName,
  spec: JoiningCommitSpec,
): Promise<string> {
  const parents = spec.parents.flatMap((parent) => ['-p', parent]);
  const { stdout } = await git(['commit-tree', spec.tree, ...parents, '-F', '-'], {
    input: messageOf(spec),
    env: writerOf(host, spec.date),
  });
  return stdout.toString('utf8').trim();
}

/** `commit-tree` would make a signature of its own. Unlike it, `hash-object` does not look for what the commit names. */
async function signedObject(
  git: GitCommand,
  host: HostName,
  spec: JoiningCommitSpec,
): Promise<string> {
  const named = [`${spec.tree}^{tree}`, ...spec.parents.map((parent) => `${parent}^{commit}`)];
  await git(['rev-parse', ...named, '--']);
  const { stdout } = await git(['hash-object', '-w', '-t', 'commit', '--stdin'], {
    input: commitText(spec, host),
  });
  return stdout.toString('utf8').trim();
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

function commitText(spec: JoiningCommitSpec, host: HostName): string {
  const who = `setpoint <setpoint@${host}> ${spec.date} +0000`;
  return [
    `tree ${spec.tree}`,
    ...spec.parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    ...(spec.signature === undefined ? [] : [`gpgsig ${spec.signature.split('\n').join('\n ')}`]),
    '',
    messageOf(spec),
  ].join('\n');
}

/** `commit-tree` completes the last line. */
function messageOf(spec: Pick<StateCommitSpec, 'message'>): string {
  return spec.message.endsWith('\n') ? spec.message : `${spec.message}\n`;
}
