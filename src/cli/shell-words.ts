/** A command line that a person can paste into a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map((word) => quote(word)).join(' ');
}

function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
