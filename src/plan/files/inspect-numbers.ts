import { isExact } from '../../structured/exact-number.ts';
import { complain, type Inspection } from './inspection.ts';
import { entries, items } from './source-tree.ts';
import type { SourceNode } from './source-tree.ts';

/** SP2236 for numbers that would be written as others: of more digits than JavaScript holds, or `.inf` and `.nan`. */
export function inspectNumbers(inspection: Inspection, node: SourceNode): void {
  for (const item of items(node)) inspectNumbers(inspection, item);
  for (const { value } of entries(node)) inspectNumbers(inspection, value);
  if (node.type !== 'scalar') return;
  const { value, text } = node;
  const written = inspection.file.text.slice(node.start, node.end);
  const isNone = typeof value === 'string' && /^[-+]?\.(inf|nan)$/i.test(written);
  if (!isNone && (typeof value !== 'number' || isExact(text, value))) return;
  const message = isNone
    ? `${written} is no number that can be written`
    : `${text} has more digits than a number can hold: it would be written as ${String(value)}`;
  complain(inspection, 'SP2236', node, message, `if it is a text, write it in quotes: "${text}"`);
}
