import { closeSync, fsync, openSync, renameSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { FILES_AT_ONCE } from '../../src/apply/files/stage.ts';
import { syncDirectories } from '../../src/host/sync-directory.ts';
import type { BenchFiles } from './bench-files.ts';

const fsyncAsync = promisify(fsync);

/**
 * The least that replaces files durably: a temporary file beside each, written, synced and renamed over it, as many at once as the engine
 * has; then one sync a directory. No journal, nothing that could be taken back, no look at what is replaced.
 */
export async function replaceFiles(
  { files, directories }: BenchFiles,
  content: Uint8Array,
): Promise<void> {
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const batch = files.slice(from, from + FILES_AT_ONCE);
    await Promise.all(batch.map(({ realPath }) => replaceFile(realPath, content)));
  }
  await syncDirectories(directories);
}

async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  const fd = openSync(temporary, 'wx', 0o644);
  try {
    writeSync(fd, content);
    await fsyncAsync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
}
