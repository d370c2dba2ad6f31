import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { RealPath, WorkspacePath } from '../../model/brand.ts';
import { emptySubmodule } from './empty-submodule.ts';

export type Source =
  | { readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly problem: string };

/** Bytes of a plan file or of setpoint.yaml: people write them, and their content is shown in messages. */
export const MAX_PLAN_FILE = 1024 * 1024;

/** Where a path of the workspace leads, through links, too; never outside. Errors: those of realpath(3). */
export function pathInside(
  workspace: RealPath,
  path: string,
): { readonly path: RealPath } | { readonly problem: string } {
  const top = realpathSync.native(workspace);
  const real = realpathSync.native(join(top, path));
  if (!isInside(top, real)) return { problem: 'it leads outside the workspace' };
  return { path: real as RealPath };
}

/**
 * One file of the workspace, of at most `limit` bytes. Whatever leads outside, also through a symbolic link, is refused: a
 * plan must not be able to copy or show a file of the machine that plans it. A device or a named pipe is never read (it could
 * block for ever). Never throws.
 */
export function readWorkspaceFile(workspace: RealPath, path: string, limit: number): Source {
  try {
    const real = pathInside(workspace, path);
    if ('problem' in real) return real;
    const fd = openSync(
      real.path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) return { problem: 'it is not a regular file' };
      if (stat.size > limit) return { problem: `it is larger than ${limit} bytes` };
      return { bytes: readFileSync(fd), executable: (stat.mode & 0o100) !== 0 };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const problem = readingProblem(error);
    const submodule = problem === MISSING ? emptySubmodule(workspace, path) : null;
    return { problem: submodule === null ? problem : notCheckedOut(submodule) };
  }
}

function notCheckedOut(submodule: string): string {
  return `it is in a submodule, ${submodule}, of which this commit is not checked out: git submodule update --init`;
}

/** The text of a plan file or of setpoint.yaml. Bytes that are no UTF-8 become U+FFFD, which parsing refuses by place (SP1001). */
export function readWorkspaceText(
  workspace: RealPath,
  path: WorkspacePath,
): { readonly text: string } | { readonly problem: string } {
  const source = readWorkspaceFile(workspace, path, MAX_PLAN_FILE);
  if ('problem' in source) return source;
  return { text: Buffer.from(source.bytes).toString('utf8') };
}

/** Whether a real path lies beneath the real path of a folder. */
export function isInside(top: string, real: string): boolean {
  return real.startsWith(top.endsWith(sep) ? top : top + sep);
}

const MISSING = 'it does not exist';

/** Why a file or folder cannot be read, as the end of a sentence. */
export function readingProblem(error: unknown): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: MISSING,
    EACCES: 'permission denied',
    ELOOP: 'it is a loop of symbolic links',
    ENOTDIR: 'it is not a folder',
    // open(2) of a socket.
    ENXIO: 'it is not a regular file',
  };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}
