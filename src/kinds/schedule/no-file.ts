import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';

export function noFile(path: HostPath): Diagnostic {
  const help = 'create it with an empty list, in the form that its reader takes';
  return { code: 'SP2234', severity: 'error', message: `${path} is not there`, help };
}
