import { printable } from '../../diagnostics/printable.ts';
import type { ImportResult } from '../../operations/results.ts';
import { plural } from './change-counts.ts';

/** Where the plan file went and what comes next. */
export function importView({ file, items, plan }: ImportResult, next: string): string {
  return [
    `Wrote ${printable(file)}: plan ${printable(plan)} declares ${plural(items, 'item')} as they are now.`,
    'Applying it changes nothing on the host; it only records who owns them.',
    `Next: ${next}`,
  ].join('\n');
}
