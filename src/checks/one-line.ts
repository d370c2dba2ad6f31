import { printable } from '../diagnostics/printable.ts';

/** One printable line of foreign text, at most `limit` characters. */
export function oneLine(text: string, limit = 200): string {
  const line = printable(text.replace(/\s+/gu, ' ').trim());
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** The last line that says something; empty when there is none. */
export function lastLine(text: string): string {
  return (
    text
      .split(/\r?\n/u)
      .map((line) => oneLine(line))
      .findLast((line) => line !== '') ?? ''
  );
}

/** `2s`, `1.5s`, `50ms`. */
export function shortDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)}ms` : `${Math.round(ms / 100) / 10}s`;
}

/** Message of anything thrown, as one line. */
export function errorText(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error), 400);
}
