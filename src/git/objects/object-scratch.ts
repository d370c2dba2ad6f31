import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fsyncPath } from './durable-directory.ts';
import type { GitCommand } from '../git-command.ts';
import { packObjects } from './object-pack.ts';
import type { GitObject } from './object-pack.ts';

/** Beneath `objects`, so that it is on their file system; git's own garbage collection knows names like this as its own. */
const SCRATCH = 'tmp_objdir-setpoint';

/**
 * Puts objects into the repository as one synced pack: one git process and three syncs, however many objects. Git checks them
 * first, and that everything they refer to is there. Only under the run lock. Errors: SP5002; the file system's.
 */
export async function storeObjects(
  git: GitCommand,
  gitDir: string,
  objects: readonly GitObject[],
): Promise<void> {
  const packs = join(gitDir, 'objects', 'pack');
  await removeScratch(gitDir);
  if (objects.length > 0) {
    try {
      await movePack(await packInScratch(git, gitDir, objects), packs);
    } finally {
      await removeScratch(gitDir);
    }
  }
  // Also when every object was there: whoever wrote it may have died before the sync.
  await fsyncPath(packs);
}

/** Git makes its temporary files in a directory of its own: what a killed one leaves is easy to find. Gives path and name. */
async function packInScratch(
  git: GitCommand,
  gitDir: string,
  objects: readonly GitObject[],
): Promise<readonly [string, string]> {
  const directory = join(gitDir, 'objects');
  const scratch = join(directory, SCRATCH);
  await mkdir(join(scratch, 'pack'), { recursive: true, mode: 0o700 });
  const { stdout } = await git(['index-pack', '--strict', '--stdin'], {
    input: packObjects(objects),
    env: { GIT_OBJECT_DIRECTORY: scratch, GIT_ALTERNATE_OBJECT_DIRECTORIES: directory },
  });
  return [
    join(scratch, 'pack'),
    `pack-${stdout
      .toString('utf8')
      .replace(/^pack\s+/, '')
      .trim()}`,
  ];
}

/** The index last: a pack without one is ignored, an index without its pack is complained about. */
async function movePack([from, name]: readonly [string, string], to: string): Promise<void> {
  for (const end of ['pack', 'idx']) {
    await rename(join(from, `${name}.${end}`), join(to, `${name}.${end}`));
  }
}

/** What a killed {@link storeObjects} left. */
export async function removeScratch(gitDir: string): Promise<void> {
  await rm(join(gitDir, 'objects', SCRATCH), { recursive: true, force: true });
}
