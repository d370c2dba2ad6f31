import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { printable } from '../../diagnostics/printable.ts';

/** The last line where nothing is recorded here and that is not all there is; null: the host has no record yet. */
export function lostRecordLine(warnings: readonly Diagnostic[], host: string): string | null {
  const codes = new Set(warnings.map(({ code }) => code));
  if (codes.has('SP5082')) {
    return `The record of ${printable(host)} is at the remote, not here: what is managed is not known. Next: setpoint state pull`;
  }
  if (!codes.has('SP5083')) return null;
  return `Whether anything is managed on ${printable(host)} is not known: nothing is recorded here, and the remote cannot be asked.`;
}
