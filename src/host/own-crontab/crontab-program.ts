import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import { cleanEnvironment } from '../commands.ts';

/** Milliseconds. crontab(1) reads and writes one small file. */
export const PATIENCE = 20_000;

/** Of crontab(1): its own words in English, and `-l` with the header that it puts above a text. */
export function environment(): NodeJS.ProcessEnv {
  return { ...cleanEnvironment(process.env), LC_ALL: 'C', CRONTAB_NOHEADER: 'N' };
}

/** SP2267, SP2268: what crontab(1) says that it cannot do (exit 1). */
export function refusal(
  code: 'SP2267' | 'SP2268',
  does: 'read' | 'write',
  why: string,
): SetpointError {
  const words = why.replaceAll(/\s*\n\s*/g, '; ');
  const message = `the crontab of this user cannot be ${does === 'read' ? 'read' : 'written'} with crontab(1): ${words}`;
  const help =
    'look what `crontab -l` says as this user: /etc/cron.allow and /etc/cron.deny name who may use it';
  return new SetpointError(EXIT.failed, [{ code, severity: 'error', message, help }]);
}
