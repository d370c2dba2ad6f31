import type { CommandLine } from './command-line.ts';
import type { FlagToken } from './token.ts';
import type { ItemList, ListItem, ListName } from '../text/item-list.ts';
import { knownFlags } from './known-flag.ts';

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

/** A line of n flags is asked for the names of all its items for each of them. */
const named = new WeakMap<CommandLine, Map<ListName, readonly string[]>>();

/**
 * Stable names of a list's items: flags and their values by the flag's name, others by text, numbered when repeated. Values are left out,
 * but where each occurrence stands for itself.
 */
export function itemNames(line: CommandLine, list: ItemList): readonly string[] {
  const known = named.get(line)?.get(list.name);
  if (known !== undefined) return known;
  const names = namesIn(line, list);
  named.set(
    line,
    (named.get(line) ?? new Map<ListName, readonly string[]>()).set(list.name, names),
  );
  return names;
}

function namesIn(line: CommandLine, list: ItemList): readonly string[] {
  const nameOf = tokenNames(line);
  const names = new Map<ListItem, string>();
  for (const token of line.tokens) {
    if (token.kind === 'argument') continue;
    names.set(token.item, `-${nameOf(token)}`);
    if (token.valueItem !== null) names.set(token.valueItem, `value -${nameOf(token)}`);
  }
  return numbered(list.items.map((item) => names.get(item) ?? item.text));
}

/** The place of an index where something new can stand: never between a flag and its value. */
export function placeForNew(line: CommandLine, list: ItemList, index: number): number {
  const item = list.items[index];
  const isValue = line.tokens.some(
    (token) => token.kind === 'flag' && item !== undefined && token.valueItem === item,
  );
  return isValue ? index + 1 : index;
}

/** What tells a flag's occurrence from other items: its name; of an array, whose occurrences come and go, its value, too. */
export function tokenNames({ container }: CommandLine): (token: FlagToken) => string {
  const known = knownFlags(container);
  return ({ name, value }) => (known(name)?.type === 'array' ? `${name}=${value}` : name);
}

/** The neighbours by the names that they have now: an array flag that is and was given once stays itself with another value. */
export function asNamedNow<Around extends Neighbours>(
  around: Around,
  names: readonly string[],
): Around {
  const wanted = [...around.preceding, ...around.following];
  const named = (name: string): string => {
    const flag = /^(?:value )?-[^=]+=/.exec(name)?.[0];
    if (flag === undefined) return name;
    const [now, ...others] = names.filter((one) => one.startsWith(flag));
    const isOnly = others.length === 0 && wanted.filter((one) => one.startsWith(flag)).length === 1;
    return now !== undefined && isOnly ? now : name;
  };
  return {
    ...around,
    preceding: around.preceding.map(named),
    following: around.following.map(named),
  };
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
