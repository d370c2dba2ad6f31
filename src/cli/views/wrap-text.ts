/** Joins words that stay on one line. */
export const NO_BREAK = '\u00A0';

/** Words on lines of at most so many columns, the ones behind the first indented; a word that is longer has a line of its own. */
export function wrapText(text: string, columns: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t\n]+/)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => one.replaceAll(NO_BREAK, ' '));
}
