import { isCollection, visit } from 'yaml';
import type { Document } from 'yaml';

/**
 * Offsets of scalars that are YAML 1.2 but stop the kubelet's reader (go.yaml.in/yaml/v2, YAML 1.1), so that it would not run the pod:
 * inside `[ ]` and `{ }` a plain scalar with a question mark or a colon in front, anywhere `\/` in double quotes. Not for JSON, which the
 * kubelet reads as such.
 */
export function unreadByKubelet(document: Document.Parsed, text: string): readonly number[] {
  if (!/\?|\\\/|[[{,]\s*:/.test(text)) return [];
  const found: number[] = [];
  visit(document, {
    Scalar(_key, node, path) {
      const { source = '', range } = node;
      if (!range) return;
      const flow = path.some((one) => isCollection(one) && one.flow);
      const stops =
        node.type === 'PLAIN'
          ? flow && (source.startsWith(':') || source.includes('?'))
          : node.type === 'QUOTE_DOUBLE' && hasSlashEscape(text.slice(range[0], range[1]));
      if (stops) found.push(range[0]);
    },
  });
  return found;
}

function hasSlashEscape(quoted: string): boolean {
  return quoted.match(/\\[^]/g)?.includes('\\/') ?? false;
}
