import { readdirSync } from 'node:fs';
import { errorCode, stateFileError } from './file-errors.ts';

/** Names in a directory of setpoint's own, sorted; none when it is not there. Errors: SP601x. */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw stateFileError(error, 'list', directory);
  }
}
