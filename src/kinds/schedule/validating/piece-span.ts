import type { ScheduleProblem } from './problem.ts';

/** Offsets into a text in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a piece of a YAML or JSON text stands that is written at `start`; the whole of it where it is written with escapes or on
 * several lines: columns are others there.
 */
export function pieceSpan(
  text: string,
  { start, end, value }: Span & { readonly value: unknown },
  piece: ScheduleProblem['piece'],
): Span {
  const whole = { start, end };
  if (piece === undefined || typeof value !== 'string') return whole;
  const written = text.slice(start, end);
  const quote = /^["']/.test(written) ? 1 : 0;
  if (written.slice(quote, written.length - quote) !== value) return whole;
  const from = start + quote + piece.column - 1;
  return { start: from, end: from + piece.length };
}
