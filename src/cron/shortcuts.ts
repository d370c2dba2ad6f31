/** The five fields that a word stands for, as both dialects have them. */
const SHORTCUTS: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

export const SHORTCUT_NAMES: readonly string[] = [...SHORTCUTS.keys()];

/** Upper case is another word to all of them. */
export function shortcut(word: string): string | null {
  return SHORTCUTS.get(word) ?? null;
}
