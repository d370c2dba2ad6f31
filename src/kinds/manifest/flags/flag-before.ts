import type { JsonObject, JsonValue } from '../../../model/item.ts';
import { isJsonObject } from '../../../model/json-object.ts';
import type { ListName } from '../text/item-list.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * What a release of a manifest item needs (the `before` of recorded state, format 1): the flag's source text and place when it
 * was there, and for an element or entry what stood in the list. JSON; unknown shapes are refused, not guessed.
 */
export interface FlagBefore {
  /** 2: the item has a `next`, which a version that reads 1 only would leave out. */
  readonly version: 1 | 2;
  /** `null` = the whole flag was absent. */
  readonly item: ItemBefore | null;
  /** For elements and entries only. */
  readonly segment?: SegmentBefore;
  /** Of a flag whose occurrences add up: which of how many held it. */
  readonly occurrence?: { readonly index: number; readonly of: number };
}

/** One list item as it stood. */
export interface ItemBefore extends Neighbours {
  readonly list: ListName;
  /** Decoded: `--flag=value`; `--flag` when the value was the next item. */
  readonly text: string;
  /** Source of the scalar, with its quotes. */
  readonly scalar: string;
  readonly next?: ValueBefore;
  /** Of both items as one. */
  readonly layout: LayoutBefore;
}

/** The value of a flag that was the item after it. */
export interface ValueBefore {
  /** Source from the end of the flag's scalar to the start of this one. */
  readonly between: string;
  readonly text: string;
  readonly scalar: string;
}

export type LayoutBefore =
  /**
   * `marker` + scalar + `tail` is the line. `lead[i]` are the comment lines after the i-th preceding neighbour, up to the next
   * nearer one; `trail[i]` those before the i-th following one.
   */
  | {
      readonly form: 'block';
      readonly marker: string;
      readonly tail: string;
      readonly eol: string;
      readonly lead: readonly (readonly string[])[];
      readonly trail: readonly (readonly string[])[];
    }
  | { readonly form: 'flow'; readonly before: string; readonly after: string };

export interface SegmentBefore extends Neighbours {
  /** The part between two commas; `null` = it was absent. */
  readonly text: string | null;
}

/** FlagBefore as JSON. */
export function writeBefore(before: Omit<FlagBefore, 'version'>): JsonObject {
  const version = before.item?.next === undefined ? 1 : 2;
  return JSON.parse(JSON.stringify({ version, ...before })) as JsonObject;
}

/** The value that an item gave its flag; `null` of a bare one. */
export function valueBefore(item: ItemBefore): string | null {
  if (item.next !== undefined) return item.next.text;
  const equals = item.text.indexOf('=');
  return equals === -1 ? null : item.text.slice(equals + 1);
}

/** The flag's name with its dashes, as the item spelled it. */
export function spelledIn(item: ItemBefore): string {
  return item.text.split('=', 1)[0] ?? '';
}

/** The inverse of writeBefore; `null` when the JSON is not of this format. */
export function readBefore(json: JsonObject): FlagBefore | null {
  const { version, item, segment, occurrence } = json;
  if (item === undefined) return null;
  if (occurrence !== undefined && !isOccurrence(occurrence)) return null;
  if (item !== null && !isItem(item)) return null;
  if (segment !== undefined && !isSegment(segment)) return null;
  const hasNext = item !== null && isJsonObject(item) && item['next'] !== undefined;
  if (version !== (hasNext ? 2 : 1)) return null;
  return json as unknown as FlagBefore;
}

function isItem(value: JsonValue): boolean {
  if (!isJsonObject(value) || !isNeighbours(value) || !isJsonObject(value['layout'])) return false;
  const layout = value['layout'];
  const block =
    layout['form'] === 'block' &&
    areStrings(layout['marker'], layout['tail'], layout['eol']) &&
    isListOfStringLists(layout['lead']) &&
    isListOfStringLists(layout['trail']);
  const flow = layout['form'] === 'flow' && areStrings(layout['before'], layout['after']);
  const list = value['list'] === 'command' || value['list'] === 'args';
  const next = value['next'] === undefined || isValue(value['next']);
  return list && next && areStrings(value['text'], value['scalar']) && (block || flow);
}

function isValue(value: JsonValue): boolean {
  return isJsonObject(value) && areStrings(value['between'], value['text'], value['scalar']);
}

function isSegment(value: JsonValue): boolean {
  if (!isJsonObject(value) || !isNeighbours(value)) return false;
  return value['text'] === null || typeof value['text'] === 'string';
}

function isOccurrence(value: JsonValue): boolean {
  return isJsonObject(value) && Number.isInteger(value['index']) && Number.isInteger(value['of']);
}

function isNeighbours(value: JsonObject): boolean {
  return isStringList(value['preceding']) && isStringList(value['following']);
}

function isStringList(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isListOfStringLists(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.every((entry) => isStringList(entry as JsonValue));
}

function areStrings(...values: readonly (JsonValue | undefined)[]): boolean {
  return values.every((value) => typeof value === 'string');
}
