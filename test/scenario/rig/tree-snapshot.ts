import { lstat, readFile, readdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';

/**
 * Every entry below `dir` with what a write would change: inode, times, size, mode, owner. Two equal snapshots mean that
 * nothing was written, not even the same bytes again.
 */
export async function treeSnapshot(dir: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const s = await lstat(path, { bigint: true });
      const text = `ino ${s.ino} mtime ${s.mtimeNs} ctime ${s.ctimeNs} size ${s.size} mode ${s.mode} ${s.uid}:${s.gid}`;
      return [relative(dir, path), text] as const;
    }),
  );
  return Object.fromEntries(lines.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lower-case hex SHA-256 of a file's bytes. */
export async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
