import type { Code } from '../diagnostics/codes/index.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import type { ExitCode } from '../model/outcome.ts';

interface StateErrorText {
  readonly message: string;
  readonly help: string;
  readonly detail?: string;
  /** Default 1: nothing was changed. */
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/** A SetpointError with one SP5xxx diagnostic: what is wrong, what to do, and git's own words in `detail`. */
export function stateError(code: Code, text: StateErrorText): SetpointError {
  const { message, help, detail, exitCode = EXIT.failed, cause } = text;
  return new SetpointError(
    exitCode,
    [{ code, severity: 'error', message, help, ...(detail ? { detail } : {}) }],
    cause === undefined ? {} : { cause },
  );
}

/** The errno name of a failed system call (`ENOENT`), or null for any other error. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * Runs `work` and turns a refusal of the file system (disk full, read-only, no permission, broken disk) into SP5004 naming
 * `dir`. Everything else passes through.
 */
export async function onFileSystem<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    throw stateError('SP5004', {
      message: `the state directory ${dir} cannot be used: ${error instanceof Error ? error.message : ''}`,
      help: 'Repair the cause (disk space, permission, mount), then run the command again.',
      cause: error,
    });
  }
}
