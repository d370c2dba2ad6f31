import { printable } from '../../diagnostics/printable.ts';

/** ISO 8601 to the second. */
export function timeText(at: string): string {
  return printable(at.replace(/\.\d+Z$/, 'Z'));
}
