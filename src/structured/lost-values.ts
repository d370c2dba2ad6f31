import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isExact } from './exact-number.ts';
import type { Node } from './node.ts';
import { refusal } from './refusal.ts';
import type { Structured } from './structured.ts';

/** What a text that is made anew from the value would not have any more (a tag, `<<`, `.inf`), with its place: SP2330; null: nothing. */
export function lostAnew({ text, root }: Structured, path: string): Diagnostic | null {
  const lost = first(root, ({ odd }) => odd?.inValue === false);
  if (lost === null) return null;
  const message = `nothing was written: no edit leads to the new data, and a text made anew from it would lose ${lost.odd?.what ?? ''}`;
  const help = 'change the file by hand, or leave as it is what stands beside it';
  return refusal('SP2330', { path, text, offset: lost.start }, message, help);
}

/** A number of `before` with more digits than JavaScript holds that `after` has with other digits: SP2330; null: there is none. */
export function lostDigits(before: Structured, after: Structured, path: string): Diagnostic | null {
  const sources = new Map<unknown, Set<string>>();
  first(before.root, (node) => {
    const source = numberText(before.text, node);
    if (source !== null && !isExact(source, Number(node.value)))
      sources.set(node.value, (sources.get(node.value) ?? new Set()).add(source));
    return false;
  });
  if (sources.size === 0) return null;
  const lost = first(after.root, (node) => {
    const source = numberText(after.text, node);
    return source !== null && sources.get(node.value)?.has(source) === false;
  });
  if (lost === null) return null;
  const [source = ''] = sources.get(lost.value) ?? [];
  const message = `nothing was written: the number ${source} would become ${String(Number(lost.value))}, as no more of its digits fit into a number of JavaScript`;
  const help = 'change the file by hand, or make the number a text';
  const offset = before.text.indexOf(source);
  return refusal('SP2330', { path, text: before.text, offset }, message, help);
}

/** As it is written; null for what is no number, and for an alias: what it stands for is looked at where that is written. */
function numberText(text: string, { value, start, end }: Node): string | null {
  return typeof value === 'number' && text[start] !== '*' ? text.slice(start, end) : null;
}

/** In the order of the text. */
function first(node: Node, is: (node: Node) => boolean): Node | null {
  if (is(node)) return node;
  if (node.kind === 'scalar') return null;
  for (const entry of node.entries) {
    const found = first(entry.node, is);
    if (found !== null) return found;
  }
  return null;
}
