import type { JsonValue } from '../model/item.ts';
import type { Slot } from './draft.ts';
import type { Node } from './node.ts';

/** Whether blank lines behind an entry of a block would belong to its value: it ends in a block scalar that keeps them (`|+`). */
export function takesBlankLines(text: string, { content }: Slot): boolean {
  if (content.kind === 'kept') return nodeTakes(text, content.node);
  if (content.kind === 'raw') return /[|>]\d?\+/.test(content.text);
  if (content.kind !== 'box') return valueTakes(content.value);
  const { flow, last } = content.box;
  return !flow && last !== null && takesBlankLines(text, last);
}

function nodeTakes(text: string, node: Node): boolean {
  if (node.kind === 'scalar') {
    return node.style === 'block' && /^.\d?\+/.test(text.slice(node.start, node.start + 3));
  }
  const last = node.flow ? undefined : node.entries.at(-1);
  return last !== undefined && nodeTakes(text, last.node);
}

/** As it will be written. */
function valueTakes(value: JsonValue): boolean {
  if (typeof value === 'string') return value.endsWith('\n\n');
  const last =
    value === null || typeof value !== 'object' ? undefined : Object.values(value).at(-1);
  return last !== undefined && valueTakes(last);
}
