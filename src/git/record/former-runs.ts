import type { CommitId, HostPath, RunId } from '../../model/brand.ts';
import { TRAILER } from './commit-message.ts';
import type { GitCommand } from '../git-command.ts';
import { managedName, managedPath } from './tree-layout.ts';

const FIELDS = [TRAILER.run, TRAILER.status].map(
  (key) => `%(trailers:key=${key},valueonly,separator=%x02)`,
);

/**
 * The last run that was kept and recorded anything about each path, also when the path is no longer managed: a change set
 * made before that run must not come true again. One git process; paths without history are left out.
 */
export async function formerRuns(
  git: GitCommand,
  head: CommitId,
  paths: readonly HostPath[],
): Promise<ReadonlyMap<HostPath, RunId>> {
  const runs = new Map<HostPath, RunId>();
  if (paths.length === 0) return runs;
  const { stdout } = await git(
    [
      '--literal-pathspecs',
      'log',
      '-z',
      '--name-only',
      `--format=tformat:%x01${FIELDS.join('%x03')}`,
      '--stdin',
      head,
    ],
    { input: ['--', ...paths.map(managedName), ''].join('\n') },
  );
  // Newest first: what is seen first is the last run.
  for (const commit of stdout.toString('utf8').split('\x01').slice(1)) {
    const [fields = '', ...names] = commit.split('\0');
    const [run = '', status = ''] = fields.split('\x03');
    if (!status.startsWith('applied') || run === '') continue;
    for (const name of names) {
      const path = managedPath(name.replace(/^\n/, ''));
      if (path !== null && !runs.has(path)) runs.set(path, run as RunId);
    }
  }
  return runs;
}
