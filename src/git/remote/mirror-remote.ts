import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { snapshotName, type BackupPlace } from '../../host/backups/backup-paths.ts';
import { missingIn, type Mirrored } from '../../host/backups/mirrored.ts';
import { objectPath } from '../../host/backups/object-store.ts';
import { makeDirectoryDurably } from '../../host/durable.ts';
import type { Clock, Commands } from '../../host/ports.ts';
import type { HostName, Millis, Sha256 } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { gitCommand, type GitCommand } from '../git-command.ts';
import { blobObject, packObjects } from '../objects/object-pack.ts';
import { REMOTE, remoteGit, remoteProblem, succeeded } from './remote-git.ts';

/** All of it: asking, fetching and pushing. */
const LIMIT = 10_000 as Millis;

export interface RemoteMirror {
  readonly place: BackupPlace;
  readonly url: string;
  readonly host: HostName;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commands: Commands;
  readonly clock: Clock;
}

/**
 * Adds what the branch `setpoint-backups/<host>` of the remote lacks, as one commit on top of what is there, and pushes it,
 * never by force, within ten seconds. Gives why some snapshots stayed behind. Errors: SP5067 with the remote's own words,
 * credentials taken out; SP5001, SP5002, SP601x for the local side.
 */
export async function mirrorToRemote(mirror: RemoteMirror): Promise<readonly Diagnostic[]> {
  const gitDir = join(mirror.place.dir, 'mirror.git');
  const local = gitCommand({ gitDir, cwd: mirror.place.dir, searchPath: mirror.env['PATH'] });
  if (!existsSync(join(gitDir, 'HEAD'))) {
    await makeDirectoryDurably(gitDir, 0o700);
    await local(['init', '--quiet', '--bare', gitDir]);
  }
  const branch = `refs/heads/setpoint-backups/${mirror.host}`;
  const remote = mirrorGit(mirror, gitDir);
  const head = await remoteHead(local, remote, branch);
  const known = head === null ? new Set<string>() : await mirroredNames(local, head);
  const { wanted, problems } = await missingIn(mirror.place, known);
  if (wanted.length > 0) {
    const commit = await commitMirrored(local, mirror, head, wanted);
    await remote(['push', '--quiet', '--porcelain', REMOTE, `${commit}:${branch}`]);
    await local(['update-ref', refOf(mirror), commit]);
  } else if (head !== null) await local(['update-ref', refOf(mirror), head]);
  return problems;
}

/** What a remote had after the last copy: another remote has a record of its own. */
function refOf({ url }: Pick<RemoteMirror, 'url'>): string {
  return `refs/setpoint/mirrored/${createHash('sha256').update(url).digest('hex').slice(0, 16)}`;
}

/** File names of the snapshots that the remote had after the last copy. It is not asked. Errors: SP5001, SP5002. */
export async function mirroredAtRemote(
  mirror: Pick<RemoteMirror, 'place' | 'url' | 'env'>,
): Promise<ReadonlySet<string>> {
  const gitDir = join(mirror.place.dir, 'mirror.git');
  if (!existsSync(join(gitDir, 'HEAD'))) return new Set();
  const local = gitCommand({ gitDir, cwd: mirror.place.dir, searchPath: mirror.env['PATH'] });
  const ref = refOf(mirror);
  const { exitCode } = await local(['show-ref', '--verify', '--quiet', ref], { accept: [0, 1] });
  return exitCode === 0 ? mirroredNames(local, ref) : new Set();
}

/** Gives what git printed. Throws SP5067. */
type MirrorGit = (args: readonly string[]) => Promise<string>;

function mirrorGit({ url, env, commands, clock }: RemoteMirror, gitDir: string): MirrorGit {
  const git = remoteGit({ gitDir, cwd: gitDir, url, env, commands, clock, limit: LIMIT });
  return async (args) => {
    const result = await git(args);
    if (succeeded(result)) return result.stdout;
    const message = remoteProblem(url, result, LIMIT);
    throw new SetpointError(EXIT.failed, [{ code: 'SP5067', severity: 'warning', message }]);
  };
}

/** The branch's commit at the remote, fetched when this repository has not got it; `null` when there is none. */
async function remoteHead(
  local: GitCommand,
  remote: MirrorGit,
  branch: string,
): Promise<string | null> {
  const [head = ''] = (await remote(['ls-remote', REMOTE, branch])).split(/\s/);
  if (head === '') return null;
  const { exitCode } = await local(['cat-file', '-e', `${head}^{tree}`], { accept: [0, 1, 128] });
  if (exitCode !== 0) await remote(['fetch', '--quiet', '--no-tags', REMOTE, branch]);
  return head;
}

async function mirroredNames(local: GitCommand, head: string): Promise<ReadonlySet<string>> {
  const { stdout } = await local(['ls-tree', '-z', '--name-only', head, 'snapshots/']);
  const names = stdout.toString('utf8').split('\0');
  return new Set(names.map((name) => name.slice('snapshots/'.length)));
}

async function commitMirrored(
  local: GitCommand,
  { place, host, clock }: RemoteMirror,
  head: string | null,
  wanted: readonly Mirrored[],
): Promise<string> {
  const files = new Map<string, Uint8Array>();
  for (const { snapshot, objects } of wanted) {
    for (const name of objects) files.set(objectName(name), readFileSync(objectPath(place, name)));
    const file = snapshotName(snapshot.seq, snapshot.run);
    files.set(`snapshots/${file}`, readFileSync(join(place.snapshots, file)));
  }
  await local(['index-pack', '--stdin'], {
    input: packObjects([...files.values()].map(blobObject)),
  });
  const index = join(place.dir, 'mirror.git', 'setpoint.index');
  // Ours alone, under the run lock: what is there was left by a git that was killed.
  for (const left of [index, `${index}.lock`]) rmSync(left, { force: true });
  const env = { GIT_INDEX_FILE: index };
  await local(head === null ? ['read-tree', '--empty'] : ['read-tree', head], { env });
  const entries = [...files].map(([name, bytes]) => `100644 ${blobObject(bytes).id}\t${name}\0`);
  await local(['update-index', '--add', '-z', '--index-info'], { env, input: entries.join('') });
  const tree = (await local(['write-tree'], { env })).stdout.toString('utf8').trim();
  const seconds = String(Math.floor(clock.now().getTime() / 1000));
  const who = { NAME: 'setpoint', EMAIL: `setpoint@${host}`, DATE: `${seconds} +0000` };
  const names = Object.entries(who).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const parents = head === null ? [] : ['-p', head];
  const runs = wanted.map(({ snapshot }) => `${snapshot.run} ${snapshot.plan}`);
  const { stdout } = await local(['commit-tree', tree, ...parents], {
    env: Object.fromEntries(names) as Record<string, string>,
    input: `backups of ${host}: ${String(wanted.length)} more\n\n${runs.join('\n')}\n`,
  });
  return stdout.toString('utf8').trim();
}

function objectName(name: Sha256): string {
  return `objects/${name.slice(0, 2)}/${name}`;
}
