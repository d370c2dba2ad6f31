import type { SourceFile, Span } from './source-file.ts';
import type { SourceNode } from './source-tree.ts';

/** Characters of a text where it stands in the file, or the whole of it where it is written with escapes, folded or by a variable. */
export function rangeInScalar(
  { text }: SourceFile,
  node: SourceNode,
  column: number,
  length: number,
): Span {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return node;
  const written = text.slice(node.start, node.end);
  const quoted = /^["']/.test(written);
  const inner = quoted ? written.slice(1, -1) : written.trimEnd();
  if (inner !== node.value) return node;
  const start = node.start + (quoted ? 1 : 0) + column - 1;
  return { start, end: Math.min(start + length, node.end) };
}
