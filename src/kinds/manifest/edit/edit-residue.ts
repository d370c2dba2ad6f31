import { blockLineOf } from '../text/block-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import type { FlagToken } from '../flags/token.ts';
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

/** What stands after each of the flags on its line, and after its value where that is another item, by flag and occurrence. */
export function touchedTokens(
  line: CommandLine,
  flags: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const { text } = line.container.source;
  const touched = touchedFlags(line, flags);
  const names = numbered(touched.map(tokenNames(line)));
  const tailOf = (item: ListItem) => blockLineOf(text, item)?.tail ?? '';
  return new Map(
    touched.flatMap(({ item, valueItem }, index): [string, string][] => {
      const name = names[index] ?? '';
      if (valueItem === null) return [[name, tailOf(item)]];
      return [
        [`${name} and its value`, tailOf(item)],
        [name, tailOf(valueItem)],
      ];
    }),
  );
}

/** The other flags and arguments as the component reads them: a flag must not become the value of another one. */
export function otherArguments(line: CommandLine, flags: ReadonlySet<string>): readonly string[] {
  return line.tokens.flatMap((token) => {
    if (token.kind === 'argument') return [token.item.text];
    if (flags.has(token.name)) return [];
    return [`${token.spelled}=${token.value ?? ''}`];
  });
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
  return new Set(
    touchedFlags(line, flags).flatMap(({ item, valueItem }) =>
      valueItem === null ? [item] : [item, valueItem],
    ),
  );
}

function touchedFlags(line: CommandLine, flags: ReadonlySet<string>): readonly FlagToken[] {
  return line.tokens.filter(
    (token): token is FlagToken => token.kind === 'flag' && flags.has(token.name),
  );
}

function lists(line: CommandLine): readonly ItemList[] {
  const { command, args } = line.container;
  return [command, args].filter((list) => list !== null).toSorted((a, b) => a.start - b.start);
}
