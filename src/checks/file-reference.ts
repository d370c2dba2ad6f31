import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { HostPath } from '../model/brand.ts';
import type { CheckContext } from './context.ts';
import { errorText } from './one-line.ts';

/** Refusals that only matter to a writer. */
const READABLE_ALL_THE_SAME: ReadonlySet<string> = new Set(['hard-link', 'bind-mount']);

/**
 * Bytes of a file that a check refers to: absolute = a path on the host, symlinks followed inside the managed root; relative =
 * in the run's copy of the workspace. Failure: SP4104 naming the reference.
 */
export async function readReference(
  reference: string,
  context: Pick<CheckContext, 'root' | 'directory'>,
): Promise<Result<Uint8Array>> {
  return path.posix.isAbsolute(reference)
    ? readOnHost(path.posix.normalize(reference) as HostPath, context)
    : readInDirectory(reference, context.directory);
}

/** A file named inside the file `reference` (as kubeconfigs do): relative to that file's folder. */
export function besideReference(reference: string, name: string): string {
  return path.posix.isAbsolute(name) ? name : path.posix.join(path.posix.dirname(reference), name);
}

async function readOnHost(
  reference: HostPath,
  { root }: Pick<CheckContext, 'root'>,
): Promise<Result<Uint8Array>> {
  const { content, realPath } = await root.observe(reference);
  if (content.kind === 'file') return ok(content.bytes);
  if (content.kind === 'absent') return fail(unreadable(reference, 'there is no such file'));
  if (!READABLE_ALL_THE_SAME.has(content.code)) {
    return fail(unreadable(reference, content.reason));
  }
  return readBytes(reference, realPath);
}

async function readInDirectory(reference: string, directory: string): Promise<Result<Uint8Array>> {
  const file = path.resolve(directory, reference);
  if (!file.startsWith(`${path.resolve(directory)}${path.sep}`)) {
    return fail(unreadable(reference, 'it lies outside the workspace'));
  }
  return readBytes(reference, file);
}

async function readBytes(reference: string, file: string): Promise<Result<Uint8Array>> {
  try {
    return ok(await readFile(file));
  } catch (error) {
    return fail(unreadable(reference, errorText(error)));
  }
}

function unreadable(reference: string, reason: string): Diagnostic {
  return { code: 'SP4104', severity: 'error', message: `cannot read ${reference}: ${reason}` };
}
