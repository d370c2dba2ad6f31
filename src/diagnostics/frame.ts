import { printable } from './printable.ts';

/** Lines and columns start at 1; the end is exclusive. Absent end: one character. */
export interface FrameRange {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

const CONTEXT_LINES = 2;
const MAX_WIDTH = 100;

/**
 * Source excerpt with the range marked by `^`, without colour: two lines of context on each side, tabs as one blank, control
 * characters made visible, long lines cut around the mark. A range over several lines is marked on its first line only.
 * `firstLine`: number of the first line of `text`, when it is a part of a file. Drawn by hand: a frame library costs 10 ms of every start.
 */
export function drawFrame(text: string, range: FrameRange, firstLine = 1): string {
  const lines = text.split(/\r\n|\n|\r/);
  const lineAt = (number: number): string => lines[number - firstLine] ?? '';
  const marked = lineAt(range.line);
  const endColumn =
    range.endLine !== undefined && range.endLine > range.line
      ? marked.length + 1
      : (range.endColumn ?? range.column + 1);
  const first = Math.max(firstLine, range.line - CONTEXT_LINES);
  const last = Math.min(firstLine + lines.length - 1, range.line + CONTEXT_LINES);
  const shift = range.column > MAX_WIDTH - 20 ? range.column - 40 : 0;
  const gutter = String(last).length;
  const drawn: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const line = cut(lineAt(number), shift);
    drawn.push(`${String(number).padStart(gutter)} | ${line}`.trimEnd());
    if (number === range.line) {
      const column = range.column - shift;
      const width = Math.max(1, Math.min(endColumn - range.column, MAX_WIDTH - column));
      drawn.push(
        `${' '.repeat(gutter)} | ${' '.repeat(Math.max(0, column - 1))}${'^'.repeat(width)}`,
      );
    }
  }
  return dropBlankEnds(drawn).join('\n');
}

function cut(line: string, shift: number): string {
  const part = printable(line.replaceAll('\t', ' ').slice(shift, shift + MAX_WIDTH));
  return line.length > shift + MAX_WIDTH ? `${part}…` : part;
}

function blank(line: string | undefined): boolean {
  return line !== undefined && /^ *\d+ \|$/.test(line);
}

/** A context line without text at either end says nothing. */
function dropBlankEnds(drawn: readonly string[]): readonly string[] {
  let start = 0;
  let end = drawn.length;
  while (end - start > 2 && blank(drawn[start]) && !drawn[start + 1]?.includes('^')) start += 1;
  while (end - start > 2 && blank(drawn[end - 1])) end -= 1;
  return drawn.slice(start, end);
}
