import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeStateDirectory } from '../../host/state-directory.ts';
import { fsyncPath, fsyncTree } from '../objects/durable-directory.ts';
import { gitCommand } from '../git-command.ts';
import type { GitOptions } from '../git-command.ts';
import type { StatePlace } from './state-paths.ts';

/** What people running git by hand in the repository get too: durable, quiet, nothing in the background. */
const CONFIG = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tlogAllRefUpdates = true
\tautocrlf = false
\tfsync = all
\tfsyncMethod = fsync
[gc]
\tauto = 0
[maintenance]
\tauto = false
`;

/**
 * Makes `<state-dir>/state.git` (0700): built beside, fsynced, then renamed, so that a crash leaves all of it or nothing.
 * Only under the run lock. Errors of the file system pass through; SP5001, SP5002 from git.
 */
export async function createStateRepository(
  place: StatePlace,
  options: Omit<GitOptions, 'gitDir'>,
): Promise<void> {
  const building = join(place.stateDir, 'state.git.new');
  await makeStateDirectory(place.stateDir);
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { mode: 0o700 });
  const git = gitCommand({ ...options, gitDir: building });
  await git([
    'init',
    '--quiet',
    '--bare',
    '--template=',
    '--object-format=sha1',
    `--initial-branch=${place.ref.slice('refs/heads/'.length)}`,
  ]);
  await writeFile(join(building, 'config'), CONFIG, { mode: 0o600 });
  await fsyncTree(building);
  await rename(building, place.gitDir);
  await fsyncPath(place.stateDir);
}
