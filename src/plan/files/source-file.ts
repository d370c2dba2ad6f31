import type { Code } from '../../diagnostics/codes/index.ts';
import type { Diagnostic, SourceRange } from '../../diagnostics/diagnostic.ts';
import { drawFrame } from '../../diagnostics/frame.ts';
import type { SourceSpot } from '../../model/item.ts';

/** At least what a frame shows on each side. */
const FRAME_LINES = 3;

/** Offsets into the text in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text with what is needed to say where something in it is. */
export interface SourceFile {
  readonly name: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}

export function sourceFile(name: string, content: string): SourceFile {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  return { name, text, lineStarts };
}

/** Line and column, both from 1. */
export function spotOf(file: SourceFile, offset: number): SourceSpot {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file: file.name, line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1 };
}

/** Range of a span, cut to its first line: a block is named by where it begins. */
export function rangeOf(file: SourceFile, span: Span): SourceRange {
  const start = spotOf(file, span.start);
  const nextLine = file.lineStarts[start.line] ?? file.text.length + 1;
  const lineEnd = file.text.slice(span.start, nextLine - 1).trimEnd().length + span.start;
  const end = Math.max(Math.min(span.end, lineEnd), span.start + 1);
  return { ...start, endLine: start.line, endColumn: start.column + end - span.start };
}

/** An error at a place of the file, with its frame drawn. */
export function report(
  file: SourceFile,
  code: Code,
  span: Span,
  message: string,
  help?: string | null,
): Diagnostic {
  const at = rangeOf(file, span);
  return {
    code,
    severity: 'error',
    message,
    at,
    frame: frameOf(file, at),
    ...(help === undefined || help === null ? {} : { help }),
  };
}

/** Only the lines around the range are looked at: a large file may have very many problems. */
function frameOf(file: SourceFile, at: SourceRange): string {
  const first = Math.max(1, at.line - FRAME_LINES);
  const start = file.lineStarts[first - 1] ?? 0;
  const end = file.lineStarts[at.line + FRAME_LINES] ?? file.text.length;
  return drawFrame(file.text.slice(start, end), at, first);
}
