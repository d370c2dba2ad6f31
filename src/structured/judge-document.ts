import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Node } from './node.ts';
import { refusal } from './refusal.ts';
import { MAX_DEPTH } from './source-text.ts';

/** Values that a document stands for, aliases expanded. No file of 8 MiB has as many of its own. */
const MAX_VALUES = 5_000_000;

/** Why a document cannot be worked with: a key given twice (SP2203), aliases that stand for too much (SP2201). */
export function judgeDocument(root: Node, text: string, path: string): readonly Diagnostic[] {
  if (root.size > MAX_VALUES || root.height > MAX_DEPTH) {
    const message = 'the aliases of this document stand for more than any program could hold';
    const help = 'write the values out instead of the aliases';
    return [refusal('SP2201', { path, text, offset: root.start }, message, help)];
  }
  const problems: Diagnostic[] = [];
  findTwice(root, text, path, problems);
  return problems;
}

function findTwice(node: Node, text: string, path: string, problems: Diagnostic[]): void {
  if (node.kind === 'scalar') return;
  const seen = new Set<string>();
  for (const entry of node.entries) {
    if (node.kind === 'map' && seen.has(entry.key)) {
      const message = `the key ${JSON.stringify(entry.key)} is given twice`;
      const help = 'readers disagree about which of them counts; keep one of them';
      problems.push(refusal('SP2203', { path, text, offset: entry.start }, message, help));
    }
    seen.add(entry.key);
    findTwice(entry.node, text, path, problems);
  }
}
