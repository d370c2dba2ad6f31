import { printable } from '../../diagnostics/printable.ts';
import type { Style } from '../style.ts';

/** A unified diff, coloured by line; markers stay in column 0 so that it can be pasted. Tabs stay. */
export function diffText(diff: string, style: Style): string {
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => paint(line.split('\t').map(printable).join('\t'), style))
    .join('\n');
}

function paint(line: string, style: Style): string {
  if (line.startsWith('+++') || line.startsWith('---')) return style.bold(line);
  if (line.startsWith('@@')) return style.cyan(line);
  if (line.startsWith('+')) return style.green(line);
  return line.startsWith('-') ? style.red(line) : line;
}
