import type { LiveItem } from '../../model/item.ts';
import { observeStructured } from '../../structured/observe-structured.ts';
import type { DocumentPath, Structured } from '../../structured/structured.ts';

/** Of what is not there as a whole: it is given back to nothing. */
export const NOTHING: LiveItem = { value: null, before: { version: 1, absent: true } };

/** What stands at a path, as JSON, and what an edit gives back there (`editItems` reads it). */
export function liveItem(source: Structured, path: DocumentPath): LiveItem {
  const { value, before } = observeStructured(source, path);
  return {
    value: value === undefined ? null : JSON.stringify(value),
    before: { version: 1, structured: before },
  };
}
