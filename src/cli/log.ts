import { openSync, writeSync } from 'node:fs';

import { reasonFor } from './file-error.ts';
import { LOG_LEVELS } from './global-flags.ts';
import type { LogLevel } from './global-flags.ts';
import { usageError } from './usage-error.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** Where the command line notes what it does; `file` is `--log-file`. */
export interface Log {
  readonly level: LogLevel;
  /** Whether messages of this level are wanted. */
  enabled(level: LogLevel): boolean;
  /** Appends one line of JSON to the log file, when there is one and the level is wanted. */
  write(level: LogLevel, message: string, fields?: LogFields): void;
}

/**
 * A log at `level`, with a file (created 0600, appended, one write a line so that parallel commands do not mix) or without.
 * Throws a usage error when the file cannot be opened. A full disk later does not stop the command: a log is never worth
 * more than the run it describes.
 */
export function openLog(level: LogLevel, file: string | undefined): Log {
  let fd = file === undefined ? null : openForAppend(file);
  function enabled(wanted: LogLevel): boolean {
    return LOG_LEVELS.indexOf(wanted) <= LOG_LEVELS.indexOf(level);
  }
  return {
    level,
    enabled,
    write(wanted, message, fields = {}) {
      if (fd === null || !enabled(wanted)) return;
      const entry = { time: new Date().toISOString(), level: wanted, pid: process.pid, message };
      try {
        writeSync(fd, `${JSON.stringify({ ...entry, ...fields })}\n`);
      } catch (error) {
        fd = null;
        const reason = reasonFor(error as NodeJS.ErrnoException);
        process.stderr.write(`warning: the log file cannot be written any more: ${reason}\n`);
      }
    },
  };
}

function openForAppend(file: string): number {
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    const reason = reasonFor(error as NodeJS.ErrnoException);
    throw usageError('SP9010', `--log-file ${file}: ${reason}`);
  }
}
