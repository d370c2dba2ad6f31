import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** SP2266, for whatever else would write the crontab of an ordinary user. */
export function onlyByPlans(path: string): Diagnostic {
  return {
    code: 'SP2266',
    severity: 'error',
    message: `${path} is the crontab of this user: only crontab(1) writes it`,
    help: 'declare its jobs in a plan: kind crontab, user: NAME; or use crontab -e',
  };
}
