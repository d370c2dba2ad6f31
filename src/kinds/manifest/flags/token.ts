import type { WrittenContainer } from '../pod/container.ts';
import type { ListItem } from '../text/item-list.ts';
import { canonicalFlagName } from './item-key.ts';
import { argumentsTaken } from './known-flag.ts';

/** One argument of the component; a flag together with its value. */
export type Token =
  | {
      readonly kind: 'flag';
      readonly item: ListItem;
      /** Canonical: no dashes, `_` as `-`. */
      readonly name: string;
      /** As written, with dashes: `--audit_log_path`. */
      readonly spelled: string;
      /** `null` for a bare `--flag`. */
      readonly value: string | null;
      /** The next item, where that is the value: `--flag value`. */
      readonly valueItem: ListItem | null;
      /** The item after a bare flag of unknown type when it is no flag: its value, or an argument of the component. */
      readonly follower: ListItem | null;
      /** The flag takes a value, and nothing follows it. */
      readonly lacksValue: boolean;
    }
  | { readonly kind: 'argument'; readonly item: ListItem };

export type FlagToken = Extract<Token, { kind: 'flag' }>;

const FLAG = /^(--?[A-Za-z0-9][A-Za-z0-9._-]*)(?:=(.*))?$/s;

/**
 * Arguments as pflag and Go's flag package take them: a bare flag that is no boolean takes the next item, whatever it looks like
 * (spf13/pflag flag.go parseLongArg, Go flag.go parseOne).
 */
export function readTokens(
  container: WrittenContainer,
  items: readonly ListItem[],
): readonly Token[] {
  const tokens: Token[] = [];
  // Most command lines have no bare flag, and nothing to look up.
  let taken: ((spelled: string) => boolean | null) | null = null;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (item === undefined) break;
    const match = FLAG.exec(item.text);
    const spelled = match?.[1];
    if (match === null || spelled === undefined) {
      tokens.push({ kind: 'argument', item });
      continue;
    }
    const flag = { kind: 'flag' as const, item, name: canonicalFlagName(spelled), spelled };
    const value = match[2];
    if (value !== undefined) {
      tokens.push({ ...flag, value, valueItem: null, follower: null, lacksValue: false });
      continue;
    }
    taken ??= argumentsTaken(container);
    const rest = bareFlag(taken(spelled), items[index + 1] ?? null);
    tokens.push({ ...flag, ...rest });
    if (rest.valueItem !== null) index += 1;
  }
  return tokens;
}

function bareFlag(
  takes: boolean | null,
  next: ListItem | null,
): Pick<FlagToken, 'value' | 'valueItem' | 'follower' | 'lacksValue'> {
  const bare = { value: null, valueItem: null, follower: null, lacksValue: false };
  if (takes === false) return bare;
  if (takes === true) {
    return next === null
      ? { ...bare, lacksValue: true }
      : { ...bare, value: next.text, valueItem: next };
  }
  return { ...bare, follower: next !== null && !next.text.startsWith('-') ? next : null };
}
