import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';

/** SP3050 (exit 1): a person said no. */
export function notApproved(): SetpointError {
  const message = 'not approved: nothing was changed';
  return new SetpointError(EXIT.failed, [{ code: 'SP3050', severity: 'error', message }]);
}
