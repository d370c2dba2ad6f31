import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ChangeSet } from '../../model/change-set.ts';

/** SP3051 for a set that was to be applied before `now`; null when it may still be. A time that is no time has passed. */
export function expiryProblem(
  { digest, notAfter }: Pick<ChangeSet, 'digest' | 'notAfter'>,
  now: Date,
): Diagnostic | null {
  if (notAfter === undefined || now.getTime() <= globalThis.Date.parse(notAfter)) return null;
  return {
    code: 'SP3051',
    severity: 'error',
    message: `the change set ${digest.slice(7, 19)} expired at ${notAfter}`,
    help: 'plan again and have the new set reviewed: setpoint plan --out FILE',
  };
}
