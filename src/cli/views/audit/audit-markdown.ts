import { printableLine } from '../../../diagnostics/printable.ts';
import type { AuditResult } from '../../../operations/results.ts';
import { duplicateTexts, placeText, profileText, scoreText } from './audit-words.ts';

/** A heading and a table a component, with every row, as for a report or a pull request. */
export function auditMarkdown(result: AuditResult): string {
  const lines = [`# Audit: ${profileText(result)}`, '', `${scoreText(result)}.`];
  for (const component of result.components) {
    lines.push('', `## ${component.component}`, '', escaped(placeText(component)), '');
    lines.push('| row | standing | should be | found | risk |', '| --- | --- | --- | --- | --- |');
    for (const { id, standing, title, reason, risk } of component.rows) {
      const cells = [id, standing, escaped(title), escaped(reason), risk];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  for (const { component, rows } of result.absent) {
    lines.push('', `## ${component}`, '', `Not here; not applicable: ${rows.join(', ')}.`);
  }
  if (result.duplicates.length > 0) {
    lines.push('', '## Pods in several files', '');
    for (const { what, remedy } of result.duplicates.map(duplicateTexts)) {
      lines.push(`- ${escaped(what)}: ${remedy}`);
    }
  }
  if (result.unread.length > 0) {
    lines.push('', '## Not readable', '', ...result.unread.map((why) => `- ${escaped(why)}`));
  }
  return lines.join('\n');
}

/** What a flag's value holds must not become markup, nor end a cell. */
function escaped(text: string): string {
  return printableLine(text).replaceAll(/[\\`*_{}[\]<>#|!~]/g, String.raw`\$&`);
}
