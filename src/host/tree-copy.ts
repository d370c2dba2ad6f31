import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { createExclusively } from './durable.ts';
import { errorCode, fileError } from './file-errors.ts';
import { makeDirectoryDurably } from './make-directory.ts';
import { sha256 } from './read-file.ts';

export interface FileCopy {
  readonly from: RealPath;
  /** What is written instead of what `from` has now. */
  readonly content?: Uint8Array | undefined;
  readonly to: RealPath;
  /** Expected digest of the content, lower-case hex. */
  readonly sha256: string;
  readonly executable: boolean;
}

/**
 * Copies workspace files into a run's directory, durably: 0700 for executables, else 0600, directories 0700. Nothing is
 * written unless every digest matches; a file that is already there is compared instead. All mismatches are told at once.
 * Errors: SetpointError SP6050 (exit 6) when a file differs from its digest or is gone, SP601x (exit 1) otherwise.
 */
export async function copyIntoRun(files: readonly FileCopy[]): Promise<void> {
  const contents = await Promise.all(files.map(readSource));
  const problems = files.flatMap((file, at) => mismatch(file, contents[at] ?? null));
  if (problems.length > 0) throw new SetpointError(EXIT.stale, problems);
  for (const directory of new Set(files.map((file) => dirname(file.to)))) {
    await makeDirectoryDurably(directory, 0o700);
  }
  for (const [at, file] of files.entries()) {
    const bytes = contents[at];
    if (bytes === undefined || bytes === null) continue;
    const created = await createExclusively(file.to, bytes, file.executable ? 0o700 : 0o600);
    if (!created) await requireSame(file);
  }
}

async function readSource(file: FileCopy): Promise<Uint8Array | null> {
  if (file.content !== undefined) return file.content;
  try {
    return await readFile(file.from);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw fileError(error, 'read', file.from);
  }
}

async function requireSame(file: FileCopy): Promise<void> {
  const problems = mismatch(file, await readFile(file.to), file.to);
  if (problems.length > 0) throw new SetpointError(EXIT.stale, problems);
}

function mismatch(
  file: FileCopy,
  bytes: Uint8Array | null,
  name: string = file.from,
): Diagnostic[] {
  if (bytes !== null && sha256(bytes) === file.sha256) return [];
  return [
    {
      code: 'SP6050',
      severity: 'error',
      message: `${name} ${bytes === null ? 'is gone' : 'has changed'} since it was planned`,
      help: 'Plan again, so that what is executed is what was reviewed.',
    },
  ];
}
