import { readFileSync } from 'node:fs';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { errorWords } from './file-errors.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Names the time from one start of the machine to the next. Throws SP6040. */
export function readBootId(): string {
  try {
    return readFileSync(BOOT_ID, 'utf8').trim();
  } catch (error) {
    const message = `cannot read ${BOOT_ID}: ${errorWords(error)}`;
    const help = 'Mount /proc and run the command again.';
    throw new SetpointError(EXIT.failed, [{ code: 'SP6040', severity: 'error', message, help }], {
      cause: error,
    });
  }
}
