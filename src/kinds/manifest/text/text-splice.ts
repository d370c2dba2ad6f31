import type { BlockLine } from './block-line.ts';
import { eolBefore, lineStart } from './source-lines.ts';
import type { Eol } from './source-lines.ts';

/** Replacement of [start, end) of a manifest's text; offsets are UTF-16 units. */
export interface TextSplice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with a splice applied. */
export function applySplice(text: string, splice: TextSplice): string {
  return text.slice(0, splice.start) + splice.text + text.slice(splice.end);
}

/**
 * The text with its last line ended, and the line end that was added for that. Edits work on lines that all have an end; a
 * file without one at its end gets it back that way.
 */
export function endLastLine(text: string): { readonly text: string; readonly added: Eol } {
  if (text.endsWith('\n')) return { text, added: '' };
  const added = eolBefore(text, lineStart(text, text.length)) || '\n';
  return { text: text + added, added };
}

/** Undoes endLastLine on an edited text. */
export function openLastLine(text: string, added: Eol): string {
  return added === '' ? text : text.slice(0, text.length - eolBefore(text, text.length).length);
}

/** Inserts a line at the start of a line; `eol` is used as given, or like the line above. */
export function insertLine(
  text: string,
  offset: number,
  line: string,
  eol: string | null,
): TextSplice {
  const chosen = eol ?? (eolBefore(text, offset) || '\n');
  return { start: offset, end: offset, text: line + chosen };
}

/** Removes a line with its line end. */
export function removeLine(line: BlockLine): TextSplice {
  return { start: line.start, end: line.next, text: '' };
}
