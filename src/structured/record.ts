import type { JsonObject, JsonValue } from '../model/item.ts';

/** How an entry stood in a block: its lines, and its place in the gap behind the entry before. */
export interface BlockPlace {
  readonly form: 'block';
  readonly column: number;
  readonly lead: string;
  readonly body: string;
  readonly skip: number;
  /** Of the first entry: foreign lines before it, which go when the collection becomes empty. */
  readonly header: string;
  /** Of the first entry behind a dash: the blanks between. */
  readonly marker: string | null;
}

/** How an entry stood between brackets: what was before it, behind it up to the next one or the end. */
export interface FlowPlace {
  readonly form: 'flow';
  readonly sep: string;
  readonly next: string | null;
  readonly body: string;
  readonly tail: string;
}

/** An entry that was there. */
export interface WasThere {
  readonly exists: true;
  readonly value: JsonValue;
  /** A scalar as it was written, on one line; `null`: anything else. */
  readonly token: string | null;
  /** Keys of its neighbours; `null`: none, or one without a key. */
  readonly prev: string | null;
  readonly next: string | null;
  readonly first: boolean;
  readonly place: BlockPlace | FlowPlace | null;
}

/** A path that led nowhere: how many steps were there, and how the empty place at their end was written (`null`: it was not empty). */
export interface WasAbsent {
  readonly exists: false;
  readonly reached: number;
  readonly holder: {
    readonly between: string;
    readonly raw: string;
    readonly value: JsonValue;
  } | null;
}

export type BeforeRecord = WasThere | WasAbsent;

/** What is kept of a place, as JSON. */
export function writeRecord(record: BeforeRecord): JsonObject {
  return { version: 1, ...record } as unknown as JsonObject;
}

/** `null`: not of this format. */
export function readRecord(before: JsonObject): BeforeRecord | null {
  if (before['version'] !== 1) return null;
  const { exists, holder } = before;
  if (exists === false) {
    const fits =
      typeof before['reached'] === 'number' &&
      (holder === null || hasTexts(holder, ['between', 'raw']));
    return fits ? (before as unknown as WasAbsent) : null;
  }
  const { place, token, prev, next } = before;
  if (exists !== true || before['value'] === undefined || place === undefined) return null;
  if (![token, prev, next].every((one) => one === null || typeof one === 'string')) return null;
  const fits = place === null || isBlock(place) || isFlow(place);
  return fits && typeof before['first'] === 'boolean' ? (before as unknown as WasThere) : null;
}

function isBlock(place: JsonValue): boolean {
  if (!hasTexts(place, ['lead', 'body', 'header'])) return false;
  const { form, column, skip, marker } = place as JsonObject;
  return (
    form === 'block' && typeof column === 'number' && typeof skip === 'number' && isText(marker)
  );
}

function isFlow(place: JsonValue): boolean {
  if (!hasTexts(place, ['sep', 'body', 'tail'])) return false;
  const { form, next } = place as JsonObject;
  return form === 'flow' && isText(next);
}

function isText(value: JsonValue | undefined): boolean {
  return value === null || typeof value === 'string';
}

function hasTexts(value: JsonValue | undefined, keys: readonly string[]): boolean {
  if (value === undefined || value === null || typeof value !== 'object') return false;
  return keys.every((key) => typeof (value as JsonObject)[key] === 'string');
}
