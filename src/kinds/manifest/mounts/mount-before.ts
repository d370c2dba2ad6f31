import type { JsonObject, JsonValue } from '../../../model/item.ts';
import { isJsonObject } from '../../../model/json-object.ts';

/**
 * What a release of a mount or volume needs (the `before` of recorded state, format 1): whether it was there and how the parts that
 * setpoint changes were written. JSON; unknown shapes are refused, not guessed.
 */
export interface MountBefore {
  readonly version: 1;
  /** The list was there, if only as `[]`: with nothing left in it the key stays. */
  readonly listed: boolean;
  readonly entry: MountEntryBefore | VolumeEntryBefore | null;
}

export interface MountEntryBefore {
  readonly form: 'mount';
  /** Name of its volume. */
  readonly name: WrittenValue;
  /** `null`: the key was not there. */
  readonly readOnly: WrittenValue | null;
}

export interface VolumeEntryBefore {
  readonly form: 'volume';
  readonly name: string;
  /** `null`: the key was not there. */
  readonly type: WrittenValue | null;
}

/** A scalar: decoded (as text), and its source with quotes. */
export interface WrittenValue {
  readonly value: string;
  readonly source: string;
}

/** MountBefore as JSON. */
export function writeMountBefore(before: MountBefore): JsonObject {
  return JSON.parse(JSON.stringify(before)) as JsonObject;
}

/** The inverse of writeMountBefore; `null` when the JSON is not of this format, or of another form. */
export function readMountBefore(json: JsonObject, form: 'mount' | 'volume'): MountBefore | null {
  const { version, listed, entry } = json;
  if (version !== 1 || typeof listed !== 'boolean' || entry === undefined) return null;
  if (entry !== null && !isEntry(entry, form)) return null;
  return json as unknown as MountBefore;
}

function isEntry(entry: JsonValue, form: 'mount' | 'volume'): boolean {
  if (!isJsonObject(entry) || entry['form'] !== form) return false;
  const { name, readOnly, type } = entry;
  if (form === 'volume') return typeof name === 'string' && (type === null || isWritten(type));
  return isWritten(name) && (readOnly === null || isWritten(readOnly));
}

function isWritten(value: JsonValue | undefined): boolean {
  return (
    isJsonObject(value) && typeof value['value'] === 'string' && typeof value['source'] === 'string'
  );
}
