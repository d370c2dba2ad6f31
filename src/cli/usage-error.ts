import type { Code } from '../diagnostics/codes/index.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';

/** A wrong command line: exit 64. */
export function usageError(code: Code, message: string, help?: string): SetpointError {
  return new SetpointError(EXIT.usage, [
    { code, severity: 'error', message, ...(help === undefined ? {} : { help }) },
  ]);
}
