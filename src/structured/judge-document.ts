import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Entry, Node } from './node.ts';
import { firstRefusals, refusal } from './refusal.ts';
import { MAX_DEPTH } from './source-text.ts';

/** Values that a document stands for, aliases expanded. No file that is read has as many of its own. */
const MAX_VALUES = 1_000_000;

/** Why documents cannot be worked with: a key given twice (SP2203), aliases that stand for too much (SP2201). */
export function judgeDocuments(
  roots: readonly Node[],
  text: string,
  path: string,
): readonly Diagnostic[] {
  const large = roots.find(({ size, height }) => size > MAX_VALUES || height > MAX_DEPTH);
  if (large !== undefined) {
    const message = 'the aliases of this document stand for more than any program could hold';
    const help = 'write the values out instead of the aliases';
    return [refusal('SP2201', { path, text, offset: large.start }, message, help)];
  }
  const twice: Entry[] = [];
  for (const root of roots) findTwice(root, twice);
  return firstRefusals(twice, ({ key, start }) => {
    const message = `the key ${JSON.stringify(key)} is given twice`;
    const help = 'readers disagree about which of them counts; keep one of them';
    return refusal('SP2203', { path, text, offset: start }, message, help);
  });
}

function findTwice(node: Node, twice: Entry[]): void {
  if (node.kind === 'scalar') return;
  const seen = new Set<string>();
  for (const entry of node.entries) {
    if (node.kind === 'map') {
      if (seen.has(entry.key)) twice.push(entry);
      seen.add(entry.key);
    }
    findTwice(entry.node, twice);
  }
}
