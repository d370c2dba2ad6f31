/** POSIX shell quoting of one word: plain words stay as they are. */
export function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command line that a person can paste into a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
