import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { blockIndent, blockLineOf, lineAfter } from '../text/block-line.ts';
import { BARE_VALUE } from '../flags/command-line.ts';
import type { CommandLine, FlagToken } from '../flags/command-line.ts';
import { itemsOf, listOf } from '../pod/container.ts';
import type { ItemBefore } from '../flags/flag-before.ts';
import { flowSlotOf } from '../text/flow-slot.ts';
import type { FlowSlot } from '../text/flow-slot.ts';
import type { ItemList, ListItem } from '../text/item-list.ts';
import { layoutOf } from '../text/list-layout.ts';
import { isJson } from '../pod/parse-pod.ts';
import { refusal } from '../refusal.ts';
import { scalarText } from '../text/scalar-text.ts';
import type { ScalarPlace } from '../text/scalar-text.ts';
import { insertLine, removeLine } from '../text/text-splice.ts';
import type { TextSplice } from '../text/text-splice.ts';

/** How scalars of a list are written. */
export function placeOf(line: CommandLine, list: ItemList): ScalarPlace {
  if (!list.flow) return 'block';
  return isJson(line.container.source.text) ? 'json' : 'flow';
}

/** New item after the component's last flag, written like it. Fails with SP2015, SP2018. */
export function insertFlag(line: CommandLine, decoded: string): Result<TextSplice> {
  const { path, text } = line.container.source;
  const anchor = lastFlagItem(line);
  const list = anchor === null ? null : listOf(line.container, anchor.list);
  if (anchor === null || list === null) {
    const help = 'give the container a command, so that it has a list to add flags to';
    const what = `container ${line.container.name} has neither command nor args`;
    return fail(refusal('SP2015', path, what, help));
  }
  const scalar = scalarText(decoded, anchor.style, placeOf(line, list));
  if (list.flow) {
    const slot = flowSlotOf(text, list, anchor.index);
    if (slot === null) return fail(layoutRefusal(line, anchor));
    return ok({ start: anchor.end, end: anchor.end, text: newSeparator(slot, anchor) + scalar });
  }
  const indent = blockIndent(text, list);
  if (indent === null) return fail(layoutRefusal(line, anchor));
  const marker = blockLineOf(text, anchor)?.marker ?? '- ';
  const own = marker.includes('\n') ? '- ' : marker;
  return ok(insertLine(text, lineAfter(text, anchor), indent + own + scalar, null));
}

/** Removes a flag's item: its line with any comment on it, or its place between commas. Fails with SP2018, SP2022. */
export function removeFlag(line: CommandLine, flag: FlagToken): Result<TextSplice> {
  const { path, text } = line.container.source;
  const { item } = flag;
  const list = listOf(line.container, item.list);
  const layout = list === null ? null : layoutOf(text, list, item);
  if (list === null || layout === null) return fail(layoutRefusal(line, item));
  if (list.items.length === 1) {
    const spot = { path, text, offset: item.start };
    const what = `removing ${flag.spelled} would leave ${list.name} empty`;
    return fail(refusal('SP2022', spot, what, `remove ${list.name} by hand`));
  }
  if (layout.form === 'block') return ok(removeLine(layout.line));
  const previous = list.items[item.index - 1];
  if (previous !== undefined) return ok({ start: previous.end, end: item.end, text: '' });
  return ok({ start: item.start, end: item.end + layout.slot.after.length, text: '' });
}

/** Gives a flag another value, keeping name, quotes and comment; `null` when it has it already. */
export function replaceValue(
  line: CommandLine,
  flag: FlagToken,
  value: string,
  spellings: readonly ItemBefore[] = [],
): TextSplice | null {
  if ((flag.value ?? BARE_VALUE) === value)
    return replaceItem(line, flag, flag.item.text, spellings);
  return replaceItem(line, flag, `${flag.spelled}=${value}`, spellings);
}

/** Writes a whole item anew; in an earlier spelling where one of the same text is known. */
export function replaceItem(
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
 * list that stands deeper by now.
 */
export function fits(before: ItemBefore, line: CommandLine, list: ItemList): boolean {
  const place = placeOf(line, list);
  if (place === 'json') return before.scalar.startsWith('"') && before.layout.form === 'flow';
  if (before.layout.form !== place) return false;
  const depth = (blockIndent(line.container.source.text, list) ?? '').length;
  const marker = before.layout.form === 'block' ? before.layout.marker : '';
  const more = `${marker}${before.scalar}`.split('\n').slice(1);
  return more.every((one) => one.trim() === '' || one.search(/[^ ]/) > depth);
}

/** SP2018 for an item or list whose surroundings cannot be spliced. */
export function layoutRefusal(line: CommandLine, item: ListItem) {
  const { path, text } = line.container.source;
  const spot = { path, text, offset: item.start };
  const help = 'write every item on one line of its own, without comments inside [ ]';
  return refusal('SP2018', spot, `${item.list} cannot be edited in this layout`, help);
}

function lastFlagItem(line: CommandLine): ListItem | null {
  const last = line.tokens.findLast((token): token is FlagToken => token.kind === 'flag');
  if (last !== undefined) return last.follower ?? last.item;
  const items = itemsOf(line.container);
  return items[line.start - 1] ?? items.at(-1) ?? null;
}

function newSeparator(slot: FlowSlot, anchor: ListItem): string {
  if (anchor.index > 0) return slot.before;
  if (/^\s*,\s*$/.test(slot.after)) return slot.after;
  return slot.before.includes('\n') ? `,${slot.before}` : ', ';
}
