import type { JsonObject, JsonValue } from '../../../model/item.ts';
import type { ListName } from '../text/item-list.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * What a release of a manifest item needs (the `before` of recorded state, format 1): the flag's source text and place when it
 * was there, and for an element or entry what stood in the list. JSON; unknown shapes are refused, not guessed.
 */
export interface FlagBefore {
  readonly version: 1;
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
  /** Decoded: `--flag=value`. */
  readonly text: string;
  /** Source of the scalar, with its quotes. */
  readonly scalar: string;
  readonly layout: LayoutBefore;
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
export function writeBefore(before: FlagBefore): JsonObject {
  return JSON.parse(JSON.stringify(before)) as JsonObject;
}

/** The inverse of writeBefore; `null` when the JSON is not of this format. */
export function readBefore(json: JsonObject): FlagBefore | null {
  const { version, item, segment, occurrence } = json;
  if (version !== 1 || item === undefined) return null;
  if (occurrence !== undefined && !isOccurrence(occurrence)) return null;
  if (item !== null && !isItem(item)) return null;
  if (segment !== undefined && !isSegment(segment)) return null;
  return json as unknown as FlagBefore;
}

function isItem(value: JsonValue): boolean {
  if (!isObject(value) || !isNeighbours(value) || !isObject(value['layout'])) return false;
  const layout = value['layout'];
  const block =
    layout['form'] === 'block' &&
    areStrings(layout['marker'], layout['tail'], layout['eol']) &&
    isListOfStringLists(layout['lead']) &&
    isListOfStringLists(layout['trail']);
  const flow = layout['form'] === 'flow' && areStrings(layout['before'], layout['after']);
  const list = value['list'] === 'command' || value['list'] === 'args';
  return list && areStrings(value['text'], value['scalar']) && (block || flow);
}

function isSegment(value: JsonValue): boolean {
  if (!isObject(value) || !isNeighbours(value)) return false;
  return value['text'] === null || typeof value['text'] === 'string';
}

function isOccurrence(value: JsonValue): boolean {
  return isObject(value) && Number.isInteger(value['index']) && Number.isInteger(value['of']);
}

function isNeighbours(value: JsonObject): boolean {
  return isStringList(value['preceding']) && isStringList(value['following']);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
