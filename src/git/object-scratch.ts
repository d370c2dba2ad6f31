import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fsyncPath } from './durable-directory.ts';
import type { GitCommand } from './git-command.ts';

/** Beneath `objects`, so that it is on their file system; git's own garbage collection knows names like this as its own. */
const SCRATCH = 'tmp_objdir-setpoint';

export interface Written<T> {
  readonly result: T;
  /** Every object that has to be in the repository when the result is used. */
  readonly objects: readonly string[];
}

/**
 * Runs `work` with a git that writes objects into a directory of its own, without syncs, then puts those that it names into the
 * repository as one synced pack: three syncs, however many objects. Only under the run lock. Errors: SP5002; the file system's.
 */
export async function writeAsPack<T>(
  git: GitCommand,
  gitDir: string,
  work: (git: GitCommand) => Promise<Written<T>>,
): Promise<T> {
  const objects = join(gitDir, 'objects');
  const scratch = join(objects, SCRATCH);
  const places = {
    GIT_OBJECT_DIRECTORY: scratch,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
  await removeScratch(gitDir);
  await mkdir(join(scratch, 'pack'), { recursive: true, mode: 0o700 });
  try {
    const written = await work((args, call = {}) =>
      git(args, { ...call, env: { ...call.env, ...places }, config: ['core.fsync=none'] }),
    );
    if (written.objects.length > 0) {
      // Few and small: looking for deltas is left to `packTogether`. Temporary files are made in the scratch, too.
      const name = join(objects, 'pack', 'pack');
      await git(['pack-objects', '-q', '--window=0', '--threads=1', name], {
        input: `${[...new Set(written.objects)].join('\n')}\n`,
        env: places,
      });
    }
    // Also when every object was there: whoever wrote it may have died before the sync.
    await fsyncPath(join(objects, 'pack'));
    return written.result;
  } finally {
    await removeScratch(gitDir);
  }
}

/** What a killed {@link writeAsPack} left. */
export async function removeScratch(gitDir: string): Promise<void> {
  await rm(join(gitDir, 'objects', SCRATCH), { recursive: true, force: true });
}
