import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { blockIndent, gapAt } from '../text/block-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { itemsOf, listOf } from '../pod/container.ts';
import { spelledIn } from '../flags/flag-before.ts';
import type { ItemBefore } from '../flags/flag-before.ts';
import type { ItemList, ScalarStyle } from '../text/item-list.ts';
import { asNamedNow, indexBetween, itemNames, nearest, placeForNew } from '../flags/neighbours.ts';
import { scalarText } from '../text/scalar-text.ts';
import type { ScalarPlace } from '../text/scalar-text.ts';
import { insertLine } from '../text/text-splice.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { fits, insertFlag, layoutRefusal, placeOf } from './write-flag.ts';

/** How sure the place is: 0 exactly as it stood, 1 beside a direct neighbour, 2 nearest known neighbour. */
export type Sureness = 0 | 1 | 2;

export interface PutBack {
  readonly sureness: Sureness;
  readonly splice: TextSplice;
}

/**
 * Puts a removed flag back where it stood: after its old predecessor or before its old successor, between the same comment
 * lines, in its old spelling. `value` null: the one that it had. Fails with SP2015, SP2018.
 */
export function putBack(
  line: CommandLine,
  before: ItemBefore,
  value: string | null,
  place: ItemBefore,
): Result<PutBack> {
  const list = listOf(line.container, before.list);
  if (list === null) {
    const inserted = insertFlag(line, oneItem(before, value));
    return inserted.ok ? ok({ sureness: 2, splice: inserted.value }) : inserted;
  }
  const asItWas = fits(before, line, list);
  const source = sourceOf(before, value, asItWas, placeOf(line, list));
  const around = asNamedNow(place, itemNames(line, list));
  if (list.flow) return putInFlow(line, list, around, source);
  const { layout } = before;
  const marker = asItWas && layout.form === 'block' ? layout.marker : '- ';
  return putInBlock(line, list, before, around, marker + source);
}

/** A flag whose value was the next item is one item where the two cannot stand as they did. */
function sourceOf(
  before: ItemBefore,
  value: string | null,
  asItWas: boolean,
  place: ScalarPlace,
): string {
  const { next, scalar } = before;
  if (next === undefined || !asItWas) {
    const text = oneItem(before, value);
    return asItWas && text === before.text
      ? scalar
      : scalarText(text, styleOfSource(scalar), place);
  }
  const isOld = value === null || value === next.text;
  const own = isOld ? next.scalar : scalarText(value, styleOfSource(next.scalar), place);
  return scalar + next.between + own;
}

function oneItem(before: ItemBefore, value: string | null): string {
  if (value === null && before.next === undefined) return before.text;
  return `${spelledIn(before)}=${value ?? before.next?.text ?? ''}`;
}

function putInBlock(
  line: CommandLine,
  list: ItemList,
  before: ItemBefore,
  place: ItemBefore,
  item: string,
): Result<PutBack> {
  const { text } = line.container.source;
  const indent = blockIndent(text, list);
  const [first] = itemsOf(line.container);
  if (indent === null && first !== undefined) return fail(layoutRefusal(line, first));
  const known = before.layout.form === 'block' ? before.layout : null;
  const body = `${indent ?? ''}${item}${known?.tail ?? ''}`;
  const { offset, sureness } = blockOffset(line, list, place);
  return ok({ sureness, splice: insertLine(text, offset, body, known?.eol ?? null) });
}

function blockOffset(
  line: CommandLine,
  list: ItemList,
  place: ItemBefore,
): { readonly offset: number; readonly sureness: Sureness } {
  const { text } = line.container.source;
  const names = itemNames(line, list);
  const { lead, trail } = place.layout.form === 'block' ? place.layout : { lead: [], trail: [] };
  const previous = nearest(names, place.preceding);
  if (previous !== null) {
    const gap = gapAt(text, list, placeForNew(line, list, previous.index + 1));
    const lines = lead
      .slice(0, previous.rank + 1)
      .toReversed()
      .flat();
    const offset = gap.offsets[lines.length];
    const matches = lines.every((one, index) => gap.lines[index] === one);
    if (matches && offset !== undefined) return { offset, sureness: 0 };
  }
  const next = nearest(names, place.following);
  if (next !== null) {
    const gap = gapAt(text, list, placeForNew(line, list, next.index));
    const lines = trail.slice(0, next.rank + 1).flat();
    const from = gap.lines.length - lines.length;
    const offset = gap.offsets[from];
    const matches = lines.every((one, index) => gap.lines[from + index] === one);
    if (matches && offset !== undefined) return { offset, sureness: 0 };
  }
  const { index: found, sure } = indexBetween(names, place);
  const index = placeForNew(line, list, found);
  const { offsets } = gapAt(text, list, index);
  const offset = (index === 0 ? offsets.at(-1) : offsets[0]) ?? text.length;
  return { offset, sureness: sure ? 1 : 2 };
}

function putInFlow(
  line: CommandLine,
  list: ItemList,
  place: ItemBefore,
  scalar: string,
): Result<PutBack> {
  const names = itemNames(line, list);
  const { index: found, sure } = indexBetween(names, place);
  const index = placeForNew(line, list, found);
  const sureness = sure ? 0 : 2;
  const slot = place.layout.form === 'flow' ? place.layout : { before: ', ', after: ', ' };
  const previous = list.items[index - 1];
  const next = list.items[index];
  if (previous === undefined) {
    const start = next?.start ?? list.end - 1;
    return ok({ sureness, splice: { start, end: start, text: scalar + separator(slot.after) } });
  }
  const start = previous.end;
  const body = separator(slot.before) + scalar;
  if (place.layout.form === 'flow' && (names[index] ?? '$') === place.following[0]) {
    const end = next?.start ?? list.end - 1;
    return ok({ sureness, splice: { start, end, text: body + slot.after } });
  }
  return ok({ sureness, splice: { start, end: start, text: body } });
}

/** Before the first and after the last item no comma stood. */
function separator(text: string): string {
  return text.includes(',') ? text : ', ';
}

function styleOfSource(scalar: string): ScalarStyle {
  if (scalar.startsWith('"')) return 'double';
  return scalar.startsWith("'") ? 'single' : 'plain';
}
