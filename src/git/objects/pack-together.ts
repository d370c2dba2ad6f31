import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fsyncPath } from './durable-directory.ts';
import type { GitCommand } from '../git-command.ts';

/** Each run leaves a pack, and git looks for an object in all of them. */
const MANY = 50;

/**
 * Puts all packs and loose objects into one pack when there are many packs, unreachable objects included: an open run's trees are
 * on no branch yet. The old packs go only when the new one is durable; `git repack -d` does not wait for that. Only under the
 * run lock. Returns whether it did. Errors: SP5002; the file system's.
 */
export async function packTogether(git: GitCommand, gitDir: string): Promise<boolean> {
  const directory = join(gitDir, 'objects', 'pack');
  const old = await packsIn(directory);
  if (old.length <= MANY) return false;
  const all = ['--all', '--reflog', '--keep-unreachable', '--pack-loose-unreachable'];
  const { stdout } = await git(['pack-objects', '-q', ...all, join(directory, 'pack')], {
    input: '',
  });
  const made = `pack-${stdout.toString('utf8').trim()}`;
  await fsyncPath(directory);
  for (const pack of old.filter((name) => name !== made)) {
    // The index first: a pack without one is ignored, an index without its pack is complained about.
    for (const end of ['idx', 'pack']) await rm(join(directory, `${pack}.${end}`));
  }
  await git(['prune-packed', '-q']);
  return true;
}

async function packsIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  return names.filter((name) => name.endsWith('.pack')).map((name) => name.slice(0, -5));
}
