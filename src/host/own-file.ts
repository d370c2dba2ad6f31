import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { errorCode } from './file-errors.ts';

/**
 * Opens a file that setpoint keeps for itself. Never blocks: a named pipe in its place would hold the process, and a run lock with
 * it, where no signal is heard. Throws system errors; one of them says what stands there instead of a file.
 */
export function openOwnFile(path: string, flags: number, mode?: number): number {
  const fd = openWithoutWaiting(path, flags, mode);
  try {
    requireOwnFile(fstatSync(fd), path);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** As {@link openOwnFile}, all of its text. */
export function readOwnText(path: string): string {
  const fd = openOwnFile(path, constants.O_RDONLY);
  try {
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

/** Throws what {@link openOwnFile} throws for anything but a regular file. */
export function requireOwnFile(stats: Stats, path: string): void {
  if (!stats.isFile()) throw notAFile(path, stats);
}

function openWithoutWaiting(path: string, flags: number, mode?: number): number {
  try {
    return openSync(path, flags | constants.O_NONBLOCK, mode);
  } catch (error) {
    // A pipe that nobody reads, or a socket (open(2)).
    if (errorCode(error) === 'ENXIO') throw notAFile(path, null);
    throw error;
  }
}

function notAFile(path: string, stats: Stats | null): Error {
  const error = new Error(`${kindOf(stats)} stands there instead of a file`);
  const code = stats?.isDirectory() === true ? 'EISDIR' : 'ENOTFILE';
  return Object.assign(error, { code, syscall: 'open', path });
}

function kindOf(stats: Stats | null): string {
  if (stats?.isDirectory() === true) return 'a directory';
  if (stats === null) return 'a named pipe or socket';
  return stats.isFIFO() ? 'a named pipe' : 'a device';
}
