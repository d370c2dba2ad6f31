import { constants, openSync, writeSync } from 'node:fs';

/**
 * Writes every byte to `fd` at its position. One write(2) may be short (a file system that fills up writes a part and
 * returns success); the error comes with the next call.
 */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    const count = writeSync(fd, bytes, done, bytes.length - done);
    if (count === 0) throw Object.assign(new Error('write returned 0'), { code: 'ENOSPC' });
    done += count;
  }
}

/** As {@link writeAll}, from the beginning of the file whatever the descriptor's position is. */
export function overwriteAll(fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    const count = writeSync(fd, bytes, done, bytes.length - done, done);
    if (count === 0) throw Object.assign(new Error('write returned 0'), { code: 'ENOSPC' });
    done += count;
  }
}

/** Opens a file that must not exist yet, for writing, readable by nobody else until its mode is set. Returns the fd. */
export function openNew(path: string): number {
  const { O_CREAT, O_EXCL, O_RDWR, O_NOFOLLOW } = constants;
  return openSync(path, O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW, 0o600);
}
