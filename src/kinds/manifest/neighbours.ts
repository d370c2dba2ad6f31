import type { CommandLine } from './command-line.ts';
import type { ItemList } from './item-list.ts';

/** Names of what stands around something in its list, nearest first; `^` and `$` are the list's ends. */
export interface Neighbours {
  readonly preceding: readonly string[];
  readonly following: readonly string[];
}

/** A found neighbour: its index (-1 before the first, length after the last) and how near it was. */
export interface Found {
  readonly index: number;
  readonly rank: number;
}

/** Enough to survive the loss of a few neighbours; recorded state stays small. */
const WINDOW = 6;

/** The neighbours of the name at an index; all of them with `window: Infinity`. */
export function neighboursOf(
  names: readonly string[],
  index: number,
  window: number = WINDOW,
): Neighbours {
  const preceding = ['^', ...names.slice(0, index)].toReversed();
  const following = [...names.slice(index + 1), '$'];
  return { preceding: preceding.slice(0, window), following: following.slice(0, window) };
}

/** The nearest of the wanted names that is present; `null` when none is. */
export function nearest(names: readonly string[], wanted: readonly string[]): Found | null {
  for (const [rank, name] of wanted.entries()) {
    if (name === '^') return { index: -1, rank };
    if (name === '$') return { index: names.length, rank };
    const index = names.indexOf(name);
    if (index !== -1) return { index, rank };
  }
  return null;
}

/** Where something goes back among names: the index it will have, and whether a direct neighbour said so. */
export function indexBetween(
  names: readonly string[],
  around: Neighbours,
): { readonly index: number; readonly sure: boolean } {
  const before = nearest(names, around.preceding);
  const after = nearest(names, around.following);
  if (before !== null && before.rank === 0) return { index: before.index + 1, sure: true };
  if (after !== null && after.rank === 0) return { index: after.index, sure: true };
  if (before !== null) return { index: before.index + 1, sure: false };
  return { index: after?.index ?? names.length, sure: false };
}

/** Stable names of a list's items: flags by name, others by text, numbered when repeated. Values are left out. */
export function itemNames(line: CommandLine, list: ItemList): readonly string[] {
  const flags = new Map(
    line.tokens.flatMap((token) => (token.kind === 'flag' ? [[token.item, token.name]] : [])),
  );
  return numbered(list.items.map((item) => (flags.has(item) ? `-${flags.get(item)}` : item.text)));
}

/** Makes repeated names different: the second `a` becomes `a#2`. */
export function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}
