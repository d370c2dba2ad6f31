// C0 (newline kept) and C1 controls, and the marks that reorder text so that source reads differently from what it is.
const UNPRINTABLE = /(?!\n)[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text that is safe on a terminal, newlines kept: escape sequences from a plan file must not reach it. Same length. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\uFFFD');
}

/** As {@link printable} for what stands on one line, a path above all: a newline in it must not begin a line that reads like ours. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\uFFFD');
}

/** A value from a file as it appears in a message: quoted, escaped, at most `limit` characters. */
export function quoted(value: string, limit = 60): string {
  const text = value.length > limit ? `${value.slice(0, limit - 1)}…` : value;
  return printable(JSON.stringify(text));
}
