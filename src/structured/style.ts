import { lineStart } from './lines.ts';
import { eolOf } from './lines.ts';
import type { Eol } from './lines.ts';
import type { Entry, Node } from './node.ts';

/** How a file is written, as far as its first examples tell. */
export interface Style {
  readonly format: 'yaml' | 'json';
  readonly eol: Eol;
  /** Columns by which a map stands deeper than its key, and a list than its key. */
  readonly mapIndent: number;
  readonly listIndent: number;
  /** JSON over several lines; the blanks of one level. */
  readonly pretty: boolean;
  readonly unit: string;
  /** Between brackets on one line. */
  readonly colon: string;
  readonly comma: string;
}

/** `text` is the whole file, `root` the document. */
export function styleOf(text: string, root: Node, format: 'yaml' | 'json'): Style {
  const found = { mapIndent: 0, listIndent: -1 };
  look(text, root, null, found);
  const mapIndent = found.mapIndent === 0 ? 2 : found.mapIndent;
  const body = text.slice(root.start, root.end);
  const isEmpty = root.kind === 'scalar' || root.entries.length === 0;
  const compact = format === 'json' && !isEmpty;
  const blanks = /\n([ \t]+)\S/.exec(body)?.[1];
  return {
    format,
    eol: eolOf(text),
    mapIndent,
    listIndent: found.listIndent === -1 ? mapIndent : found.listIndent,
    pretty: format === 'json' && (body.includes('\n') || isEmpty),
    unit: blanks ?? '  ',
    colon: compact && !/^[^\n]*?"\s*:\s/.test(body) && !body.includes('\n') ? ':' : ': ',
    comma: compact && !body.includes('\n') && !/,\s/.test(body) ? ',' : ', ',
  };
}

/** Finds the first map and the first list that are the value of a key, in blocks. */
function look(
  text: string,
  node: Node,
  key: Entry | null,
  found: { mapIndent: number; listIndent: number },
): void {
  if (node.kind === 'scalar' || node.flow || (found.mapIndent > 0 && found.listIndent >= 0)) return;
  const [first] = node.entries;
  if (key !== null && first !== undefined) {
    const deeper = columnOf(text, first.start) - columnOf(text, key.start);
    if (node.kind === 'list' && found.listIndent === -1) found.listIndent = Math.max(deeper, 0);
    if (node.kind === 'map' && found.mapIndent === 0) found.mapIndent = Math.max(deeper, 1);
  }
  for (const entry of node.entries) {
    look(text, entry.node, node.kind === 'map' ? entry : null, found);
  }
}

/** A byte-order mark takes no column. */
export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (start === 0 && text.startsWith('\uFEFF') ? 1 : 0);
}
