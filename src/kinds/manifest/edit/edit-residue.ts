import { blockLineOf } from '../text/block-line.ts';
import type { CommandLine, FlagToken, Token } from '../flags/command-line.ts';
import type { ItemList, ListItem } from '../text/item-list.ts';
import { numbered, tokenNames } from '../flags/neighbours.ts';

/** Decoded text and source of every item that is not one of the flags, by list, in order. */
export function untouchedItems(
  line: CommandLine,
  flags: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const touched = touchedItems(line, flags);
  const { text } = line.container.source;
  return lists(line).map((list) =>
    list.items
      .filter((item) => !touched.has(item))
      .flatMap((item) => [item.text, text.slice(item.start, item.end)]),
  );
}

/**
 * The text without the lines of the flags. A flow list is left out whole where a flag of it is touched (its items are compared
 * by untouchedItems).
 */
export function untouchedBytes(line: CommandLine, flags: ReadonlySet<string>): string {
  const touched = touchedItems(line, flags);
  const { text } = line.container.source;
  let rest = text;
  for (const list of lists(line).toReversed()) {
    for (const cut of cutsOf(text, list, touched).toReversed()) {
      rest = rest.slice(0, cut.start) + rest.slice(cut.end);
    }
  }
  return rest;
}

/** What stands after each of the flags on its line, by flag and occurrence. */
export function touchedTokens(
  line: CommandLine,
  flags: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const { text } = line.container.source;
  const touched = line.tokens.filter(
    (token): token is FlagToken => token.kind === 'flag' && flags.has(token.name),
  );
  const names = numbered(touched.map(tokenNames(line)));
  return new Map(
    touched.map(({ item }, index) => [names[index] ?? '', blockLineOf(text, item)?.tail ?? '']),
  );
}

function cutsOf(
  text: string,
  list: ItemList,
  touched: ReadonlySet<ListItem>,
): readonly { readonly start: number; readonly end: number }[] {
  if (list.flow) return [{ start: list.start, end: list.end }];
  return list.items.flatMap((item) => {
    const own = touched.has(item) ? blockLineOf(text, item) : null;
    return own === null ? [] : [{ start: own.start, end: own.next }];
  });
}

function touchedItems(line: CommandLine, flags: ReadonlySet<string>): ReadonlySet<ListItem> {
  const hit = (token: Token) => token.kind === 'flag' && flags.has(token.name);
  return new Set(line.tokens.filter(hit).map((token) => token.item));
}

function lists(line: CommandLine): readonly ItemList[] {
  const { command, args } = line.container;
  return [command, args].filter((list) => list !== null).toSorted((a, b) => a.start - b.start);
}
