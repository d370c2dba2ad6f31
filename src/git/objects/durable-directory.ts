import { open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../state-error.ts';

/** Makes a file's bytes or a directory's entries survive a power loss. What does not exist is passed over. */
export async function fsyncPath(path: string): Promise<void> {
  const handle = await openExisting(path);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** fsync of every file and directory beneath `directory`, itself last. */
export async function fsyncTree(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    await (entry.isDirectory() ? fsyncTree(path) : fsyncPath(path));
  }
  await fsyncPath(directory);
}

/**
 * fsync of the directories that hold these objects, loose or packed. Git fsyncs object files (core.fsync=all) but no
 * directory: without this a power loss takes the whole commit.
 */
export async function fsyncObjects(gitDir: string, ids: readonly string[]): Promise<void> {
  const objects = join(gitDir, 'objects');
  const fanOut = new Set(ids.map((id) => id.slice(0, 2)));
  await Promise.all([...fanOut, 'pack'].map((directory) => fsyncPath(join(objects, directory))));
  await fsyncPath(objects);
}
