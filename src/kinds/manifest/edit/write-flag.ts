import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { blockIndent, blockLineOf, lineAfter } from '../text/block-line.ts';
import { BARE_VALUE } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import type { FlagToken } from '../flags/token.ts';
import { itemsOf, listOf } from '../pod/container.ts';
import { valueBefore } from '../flags/flag-before.ts';
import type { ItemBefore } from '../flags/flag-before.ts';
import { obstacleOf } from '../flags/flag-obstacle.ts';
import { spanOf } from '../flags/flag-span.ts';
import { flowSlotOf } from '../text/flow-slot.ts';
import type { FlowSlot } from '../text/flow-slot.ts';
import type { ItemList, ListItem } from '../text/item-list.ts';
import { isJson } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { scalarText } from '../text/scalar-text.ts';
import type { ScalarPlace } from '../text/scalar-text.ts';
import { insertLine, removeLine } from '../text/text-splice.ts';
import type { TextSplice } from '../text/text-splice.ts';

/** How scalars of a list are written. */
export function placeOf(line: CommandLine, list: ItemList): ScalarPlace {
  if (!list.flow) return 'block';
  return isJson(line.container.source.text) ? 'json' : 'flow';
}

/** New item after the component's last flag, written like it. Fails with SP2015, SP2018, SP2042. */
export function insertFlag(line: CommandLine, decoded: string): Result<TextSplice> {
  const { path, text } = line.container.source;
  // What is added behind a flag that takes the next item would be its value.
  const final = line.tokens.at(-1);
  const obstacle = final?.kind === 'flag' && final.lacksValue ? obstacleOf(line, final) : null;
  if (obstacle !== null) return fail(obstacle);
  const anchor = lastItems(line);
  const list = anchor === null ? null : listOf(line.container, anchor.first.list);
  if (anchor === null || list === null) {
    const help = 'give the container a command, so that it has a list to add flags to';
    const what = `container ${line.container.name} has neither command nor args`;
    return fail(refusal('SP2015', path, what, help));
  }
  const { first, last } = anchor;
  const place = placeOf(line, list);
  const scalar = scalarText(decoded, chosenStyle(list, first, place), place);
  if (list.flow) {
    const slots = [flowSlotOf(text, list, first.index), flowSlotOf(text, list, last.index)];
    const [slot] = slots;
    if (slot === undefined || slot === null || slots.includes(null))
      return fail(layoutRefusal(line, last));
    return ok({ start: last.end, end: last.end, text: newSeparator(slot, first) + scalar });
  }
  const indent = blockIndent(text, list);
  if (indent === null) return fail(layoutRefusal(line, last));
  const marker = blockLineOf(text, first)?.marker ?? '- ';
  const own = marker.includes('\n') ? '- ' : marker;
  return ok(insertLine(text, lineAfter(text, last), indent + own + scalar, null));
}

/** Removes a flag's item, and its value's: its lines with any comment on them, or its place between commas. Fails with SP2018, SP2022. */
export function removeFlag(line: CommandLine, flag: FlagToken): Result<TextSplice> {
  const { path, text } = line.container.source;
  const { item } = flag;
  const span = spanOf(line, flag);
  if (span === null) return fail(layoutRefusal(line, item));
  const { list, first, last, layout } = span;
  if (list.items.length === 1 + last.index - first.index) {
    const spot = { path, text, offset: item.start };
    const what = `removing ${flag.spelled} would leave ${list.name} empty`;
    return fail(refusal('SP2022', spot, what, `remove ${list.name} by hand`));
  }
  if (layout.form === 'block') return ok(removeLine(layout.line));
  const previous = list.items[first.index - 1];
  if (previous !== undefined) return ok({ start: previous.end, end: last.end, text: '' });
  return ok({ start: first.start, end: last.end + layout.slot.after.length, text: '' });
}

/** Gives a flag another value, keeping name, quotes and comment; `null` when it has it already. */
export function replaceValue(
  line: CommandLine,
  flag: FlagToken,
  value: string,
  spellings: readonly ItemBefore[] = [],
): TextSplice | null {
  if (flag.valueItem !== null) return replaceValueItem(line, flag.valueItem, value, spellings);
  if ((flag.value ?? BARE_VALUE) === value)
    return replaceItem(line, flag, flag.item.text, spellings);
  return replaceItem(line, flag, `${flag.spelled}=${value}`, spellings);
}

/** Gives a flag the value back that it had, in the form that it has by now: one item or two. */
export function giveBack(
  line: CommandLine,
  flag: FlagToken,
  before: ItemBefore,
): TextSplice | null {
  if (flag.valueItem === null && before.next === undefined)
    return replaceItem(line, flag, before.text, [before]);
  return replaceValue(line, flag, valueBefore(before) ?? BARE_VALUE, [before]);
}

function replaceValueItem(
  line: CommandLine,
  item: ListItem,
  value: string,
  spellings: readonly ItemBefore[],
): TextSplice | null {
  const list = listOf(line.container, item.list);
  if (list === null) return null;
  const known = spellings.find((one) => one.next?.text === value && fits(one, line, list))?.next;
  if (known === undefined && value === item.text) return null;
  const text = known?.scalar ?? scalarText(value, item.style, placeOf(line, list));
  return { start: item.start, end: item.end, text };
}

/** Writes a whole item anew; in an earlier spelling where one of the same text is known. */
function replaceItem(
  line: CommandLine,
  flag: FlagToken,
  decoded: string,
  spellings: readonly ItemBefore[] = [],
): TextSplice | null {
  const { item } = flag;
  const list = listOf(line.container, item.list);
  if (list === null) return null;
  const known = spellings.find((one) => one.text === decoded && fits(one, line, list));
  if (known === undefined && decoded === item.text) return null;
  const scalar = known?.scalar ?? scalarText(decoded, item.style, placeOf(line, list));
  return { start: item.start, end: item.end, text: scalar };
}

/**
 * Whether a recorded spelling is valid in a list: block spellings need not be in a flow list, nor those of several lines in a
 * list that stands elsewhere by now.
 */
export function fits(before: ItemBefore, line: CommandLine, list: ItemList): boolean {
  const place = placeOf(line, list);
  const { next } = before;
  if (place === 'json') return before.scalar.startsWith('"') && before.layout.form === 'flow';
  if (before.layout.form !== place) return false;
  if (before.layout.form !== 'block') return true;
  const indent = blockIndent(line.container.source.text, list) ?? '';
  const isDeeper = (source: string) =>
    source
      .split('\n')
      .slice(1)
      .every((one) => one.trim() === '' || one.search(/[^ ]/) > indent.length);
  if (!isDeeper(before.layout.marker + before.scalar)) return false;
  if (next === undefined) return true;
  const [, newline = '', marker = ''] = /^[^\n]*(\n *)(-[^]*)$/.exec(next.between) ?? [];
  return newline === `\n${indent}` && isDeeper(marker + next.scalar);
}

/** SP2018 for an item or list whose surroundings cannot be spliced. */
export function layoutRefusal(line: CommandLine, item: ListItem) {
  const { path, text } = line.container.source;
  const spot = { path, text, offset: item.start };
  const help = 'write every item on one line of its own, without comments inside [ ]';
  return refusal('SP2018', spot, `${item.list} cannot be edited in this layout`, help);
}

/** What a new flag is written after, and like: the last flag with its value. */
function lastItems(
  line: CommandLine,
): { readonly first: ListItem; readonly last: ListItem } | null {
  const flag = line.tokens.findLast((token): token is FlagToken => token.kind === 'flag');
  const last = flag?.valueItem ?? flag?.follower ?? flag?.item;
  if (flag !== undefined && last !== undefined) {
    return { first: flag.valueItem?.list === flag.item.list ? flag.item : last, last };
  }
  const items = itemsOf(line.container);
  const item = items[line.start - 1] ?? items.at(-1);
  return item === undefined ? null : { first: item, last: item };
}

/** The style of the last item up to this one that has its quotes, or none, by choice: some texts cannot do without. */
function chosenStyle(list: ItemList, upTo: ListItem, place: ScalarPlace): ListItem['style'] {
  const isChosen = ({ index, style, text }: ListItem): boolean =>
    index <= upTo.index && (style === 'plain' || scalarText(text, 'plain', place) === text);
  return (list.items.findLast(isChosen) ?? upTo).style;
}

function newSeparator(slot: FlowSlot, anchor: ListItem): string {
  if (anchor.index > 0) return slot.before;
  if (/^\s*,\s*$/.test(slot.after)) return slot.after;
  return slot.before.includes('\n') ? `,${slot.before}` : ', ';
}
