import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';

/** Of a kind, for what is recorded and not understood. */
export type RecordCode = 'SP2024' | 'SP2235';

export function notUnderstood(code: RecordCode, path: HostPath, what: string): Diagnostic {
  const message = `${path}: the record is not understood: ${what}`;
  const help = 'recorded state was written by another version of setpoint, or was changed';
  return { code, severity: 'error', message, help };
}
