import { lineStart } from '../../kinds/manifest/text/source-lines.ts';
import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';

/** The start of the line after the one that an offset is on. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** How the line that an offset is on ends. */
export function eolAfter(text: string, offset: number): '\n' | '\r\n' {
  const newline = text.indexOf('\n', offset);
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** Whole lines after a value that ends at an offset; a comment beside the value stays beside it. */
export function linesAfter(text: string, end: number, lines: string): TextSplice {
  // A block ends where the next line begins.
  const at = text[end - 1] === '\n' ? end : nextLine(text, end);
  const open = at === text.length && !text.endsWith('\n');
  return { start: at, end: at, text: open ? eolAfter(text, 0) + lines : lines };
}
