import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RealPath, Sha256 } from '../../model/brand.ts';
import { makeDirectoryDurably, syncDirectories, syncDirectory, writeDurably } from '../durable.ts';
import { errorCode, stateFileError } from '../file-errors.ts';
import { namesIn } from '../own-directory.ts';
import { sha256 } from '../read-file.ts';
import type { BackupPlace } from './backup-paths.ts';
import { formatObject, parseObject } from './object-format.ts';
import { removeFile } from './remove-file.ts';

export interface StoredObject {
  readonly sha256: Sha256;
  /** Bytes on the disk. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly written: number;
}

/** What reading an object gives. `damaged`: there is a file, but not with the content of that name. */
export type ReadObject =
  | { readonly is: 'intact'; readonly content: Uint8Array }
  | { readonly is: 'missing' }
  | { readonly is: 'damaged' };

export function objectPath(place: BackupPlace, name: Sha256): RealPath {
  return join(place.objects, name.slice(0, 2), name) as RealPath;
}

/**
 * Stores content under its hash, 0600 in 0700 directories; when it resolves, it survives a power loss. What is there already
 * is read and kept, or replaced when it is damaged. Errors: SP601x.
 */
export async function putObject(place: BackupPlace, content: Uint8Array): Promise<Sha256> {
  const name = sha256(content);
  const path = objectPath(place, name);
  const known = await readObject(place, name);
  if (known.is === 'intact') {
    // Whoever wrote it may have died before its name was durable.
    await syncDirectory(dirname(path));
    return name;
  }
  await makeDirectoryDurably(dirname(path), 0o700);
  await writeDurably(path, await formatObject(content), 0o600);
  return name;
}

/** Reads one object and compares it with its hash. Errors: SP601x when the disk refuses. */
export async function readObject(place: BackupPlace, name: Sha256): Promise<ReadObject> {
  const path = objectPath(place, name);
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { is: 'missing' };
    // A sector that cannot be read is damage of this object, not of the others.
    if (code === 'EIO' || code === 'EISDIR') return { is: 'damaged' };
    throw stateFileError(error, 'read the backup', path);
  }
  const content = await parseObject(file, name);
  return content === null ? { is: 'damaged' } : { is: 'intact', content };
}

export function hasObject(place: BackupPlace, name: Sha256): boolean {
  return existsSync(objectPath(place, name));
}

/** Every object by its name, read or not; other files are left out. Errors: SP601x. */
export function listObjects(place: BackupPlace): readonly StoredObject[] {
  return namesIn(place.objects)
    .filter((folder) => /^[0-9a-f]{2}$/.test(folder))
    .flatMap((folder) => namesIn(join(place.objects, folder)))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .flatMap((name) => {
      const stat = statSync(objectPath(place, name as Sha256), { throwIfNoEntry: false });
      if (stat === undefined) return [];
      return [{ sha256: name as Sha256, size: stat.size, written: stat.mtimeMs }];
    });
}

/** Removes objects for good. No error for what is gone already. */
export async function removeObjects(place: BackupPlace, names: readonly Sha256[]): Promise<void> {
  const paths = names.map((name) => objectPath(place, name));
  for (const path of paths) removeFile(path);
  await syncDirectories(paths.map((path) => dirname(path)).filter((dir) => existsSync(dir)));
}

/** Directories that may hold what a write that was cut short left. */
export function objectDirectories(place: BackupPlace): readonly string[] {
  return namesIn(place.objects).map((folder) => join(place.objects, folder));
}
