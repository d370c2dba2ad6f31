import { printable } from '../../diagnostics/printable.ts';
import type { ValidateResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';

/** Valid plan files, whether they apply to this host, and the next command. */
export function validateView(
  { workspace, plans }: ValidateResult,
  options: ViewOptions,
  next: string,
): string {
  const style = createStyle(options.color);
  const rows = plans.map(({ plan, file, resources, matchesHost }) => [
    printable(plan),
    style.dim(printable(file)),
    plural(resources, 'resource'),
    matchesHost ? '' : style.dim('not for this host'),
  ]);
  const count = plural(plans.length, 'plan file');
  return [
    ...table(rows),
    ...(rows.length === 0 ? [] : ['']),
    `Valid: ${count} in workspace ${printable(workspace)}.`,
    `Next: ${next}`,
  ].join('\n');
}
