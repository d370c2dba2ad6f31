import type { FieldName } from './dialect.ts';

/** A piece of an expression and where it begins, from 1. */
export interface CronText {
  readonly text: string;
  readonly column: number;
}

/** What is wrong with a piece of an expression: a sentence without its place, and what to do. */
export interface CronProblem {
  readonly column: number;
  /** How many characters are meant, at least 1. */
  readonly length: number;
  readonly message: string;
  readonly help: string | null;
}

export function problemAt(
  { text, column }: CronText,
  message: string,
  help: string | null = null,
): CronProblem {
  return { column, length: Math.max(text.length, 1), message, help };
}

/** The fields of an expression between blanks. */
export function splitFields(source: string): readonly CronText[] {
  return [...source.matchAll(/[^\s]+/gu)].map(({ 0: text, index }) => ({
    text,
    column: index + 1,
  }));
}

/** The pieces between separators, also empty ones. */
export function splitAt({ text, column }: CronText, separator: string): readonly CronText[] {
  let from = column;
  return text.split(separator).map((piece) => {
    const found = { text: piece, column: from };
    from += piece.length + separator.length;
    return found;
  });
}

/** `the hour`, as a sentence names a field. */
export function theField(field: FieldName): string {
  return `the ${field}`;
}
