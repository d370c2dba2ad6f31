import { printable, printableLine } from '../../../diagnostics/printable.ts';
import type { AuditResult } from '../../../operations/results.ts';
import { createStyle } from '../../style.ts';
import type { Style } from '../../style.ts';
import { plural } from '../change-counts.ts';
import { table } from '../table.ts';
import type { ViewOptions } from '../view-options.ts';
import { placeText, profileText, scoreText } from './audit-words.ts';
import type { AuditedComponent, AuditedRow } from './audit-words.ts';

/** A table a component: what fails with what to do, what a person has to look at, and with `--all` what passes. The last line counts. */
export function auditTable(result: AuditResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const lines = result.components.flatMap((one) => [
    ...componentLines(one, style, options.verbose),
    '',
  ]);
  const absence = result.unread.length === 0 ? 'not here' : 'not found in what can be read';
  for (const { component, rows } of result.absent) {
    lines.push(
      `${style.bold(component)}  ${absence}: ${plural(rows.length, 'row')} not applicable`,
    );
  }
  if (result.absent.length > 0) lines.push('');
  const text = `${profileText(result)}: ${scoreText(result)}.`;
  return [...lines, result.exitCode === 0 ? style.green(text) : style.red(text)].join('\n');
}

function componentLines(
  component: AuditedComponent,
  style: Style,
  all: boolean,
): readonly string[] {
  const shown = component.rows.filter(({ standing }) => all || standing !== 'pass');
  const passed = component.rows.filter(({ standing }) => standing === 'pass').length;
  const judged = component.rows.filter(
    ({ standing }) => standing === 'pass' || standing === 'fail',
  );
  const head = `${style.bold(component.component)}  ${printableLine(placeText(component))}: ${passed} of ${plural(judged.length, 'row')} pass`;
  return [head, ...table(shown.map((row) => cells(row, style))).map((line) => `  ${line}`)];
}

function cells(row: AuditedRow, style: Style): readonly string[] {
  const paint = {
    pass: style.green,
    fail: style.red,
    manual: style.yellow,
    'not-applicable': style.dim,
  }[row.standing];
  const remedy = row.standing === 'fail' ? `; ${row.remedy}` : '';
  return [paint(row.standing), row.id, `risk ${row.risk}`, printable(row.reason) + remedy];
}
