/** POSIX shell quoting of one word: plain words stay as they are. */
export function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
