import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Crontab } from './crontab-file.ts';
import { meaningOf } from './crontab-line.ts';

/**
 * Cron ignores a whole crontab whose last line has no end (user.c load_user), unless that line is a comment or blank. To end it for
 * somebody else would wake all their jobs: SP2255.
 */
export function unendedProblem({ pieces }: Crontab, path: string): Diagnostic | null {
  const last = pieces.at(-1);
  if (last === undefined) return null;
  // Of ours: the edit ends it.
  if (last.ours) return null;
  return last.line.ended || meaningOf(last.line).is === 'nothing'
    ? null
    : notEnded(path, last.number);
}

export function notEnded(path: string, line: number): Diagnostic {
  return {
    code: 'SP2255',
    severity: 'error',
    message: `${path}:${line}: the last line has no end: cron ignores the whole file`,
    at: { file: path, line, column: 1 },
    help: `look whether all its jobs are to run, then end it: echo >> ${path}`,
  };
}
