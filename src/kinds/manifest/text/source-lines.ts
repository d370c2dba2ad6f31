export type Eol = '\n' | '\r\n' | '';

/** The line end that stands before an offset. */
export function eolBefore(text: string, offset: number): Eol {
  if (text[offset - 1] !== '\n') return '';
  return text[offset - 2] === '\r' ? '\r\n' : '\n';
}

/** Offset of the start of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the next line's start, or the text's end. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}
