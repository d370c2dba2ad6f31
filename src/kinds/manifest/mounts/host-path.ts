import { posix } from 'node:path';

/** A path without a slash at its end and without empty or `.` parts. */
export function normalPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** Whether two texts name one path, links aside. What is no text names nothing. */
export function samePath(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && normalPath(a) === normalPath(b);
}

/** Whether a path is a directory or something below it. */
export function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}
