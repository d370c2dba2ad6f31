import { errorCode, stateFileError } from '../../host/file-errors.ts';
import { readOwnText } from '../../host/own-file.ts';
import type { RealPath, RunId } from '../../model/brand.ts';
import type { RunReport } from '../../model/outcome.ts';
import { runFolder } from './run-folder.ts';

/** The report of a run as it ended last; null when it has none (never ended, or its folder is gone). Errors: SP601x. */
export function readRunReport(stateDir: RealPath, run: RunId): RunReport | null {
  const { report } = runFolder(stateDir, run);
  try {
    return JSON.parse(readOwnText(report)) as RunReport;
  } catch (error) {
    // Reports are for people: an unreadable one is as good as none, history has the commits.
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw stateFileError(error, 'read', report);
  }
}
