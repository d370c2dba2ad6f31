import { closeSync, constants, fstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { createHash } from 'node:crypto';
import type { Sha256 } from '../model/brand.ts';
import type { ObservationRefusal, ObservedContent } from '../model/file-image.ts';

/** Larger files are not configuration; bytes are held in memory. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

type Refused = Extract<ObservedContent, { kind: 'refused' }>;
type ObservedRegularFile = Extract<ObservedContent, { kind: 'file' }>;

/** Why an entry with this status cannot be managed, or `null`. `name` is the path shown to people. */
export function refuseEntry(
  stat: BigIntStats,
  name: string,
  allowHardLinks: boolean,
): Refused | null {
  if (stat.isDirectory()) return refused('directory', `${name} is a directory`);
  if (!stat.isFile()) return refused('special-file', `${name} is not a regular file`);
  if (stat.nlink > 1n && !allowHardLinks) {
    return refused(
      'hard-link',
      `${name} has ${stat.nlink} names (hard links); replacing it would leave the others with the old content`,
    );
  }
  if (stat.size > BigInt(MAX_FILE_BYTES)) {
    return refused(
      'too-large',
      `${name} has ${stat.size} bytes; the limit is ${MAX_FILE_BYTES} (10 MiB)`,
    );
  }
  return null;
}

/**
 * Reads one regular file through one descriptor: what is judged is what is read. `undefined` when the file changed in
 * place meanwhile (try again). Synchronous: for files this small four times faster than through the thread pool. Throws system errors (ENOENT, ELOOP when it became a symlink, EACCES).
 */
export function readRegularFile(
  realPath: string,
  name: string,
  allowHardLinks: boolean,
): ObservedRegularFile | Refused | undefined {
  // O_NONBLOCK: a FIFO that took the place of the file must not block.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const fd = openSync(realPath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const before = fstatSync(fd, { bigint: true });
    const refusal = refuseEntry(before, name, allowHardLinks);
    if (refusal !== null) return refusal;
    const bytes = readBytes(fd, Number(before.size));
    const after = fstatSync(fd, { bigint: true });
    if (bytes.length !== Number(before.size) || changed(before, after)) return undefined;
    return {
      kind: 'file',
      bytes,
      state: {
        sha256: sha256(bytes),
        size: bytes.length,
        mode: Number(before.mode & 0o7777n),
        uid: Number(before.uid),
        gid: Number(before.gid),
      },
      dev: Number(before.dev),
      ino: Number(before.ino),
    };
  } finally {
    closeSync(fd);
  }
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

/** A refusal of an observation; `reason` is a sentence for people without a full stop. */
export function refused(code: ObservationRefusal, reason: string): Refused {
  return { kind: 'refused', code, reason };
}

function changed(a: BigIntStats, b: BigIntStats): boolean {
  // Not ctime: link(2) for a kept old inode changes it without changing content.
  return a.size !== b.size || a.mtimeNs !== b.mtimeNs || a.mode !== b.mode;
}

/** Reads up to `size` bytes and one more, which shows growth. */
function readBytes(fd: number, size: number): Uint8Array {
  const buffer = Buffer.allocUnsafeSlow(size + 1);
  let done = 0;
  while (done < buffer.length) {
    const count = readSync(fd, buffer, done, buffer.length - done, done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}
