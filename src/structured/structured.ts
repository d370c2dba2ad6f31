import type { JsonObject, JsonValue } from '../model/item.ts';
import type { Node } from './node.ts';

/** One step into a document: a key of a map, or the entry of a list whose field has this text. */
export type Step = string | { readonly field: string; readonly is: string };
/** No step is the whole document. */
export type DocumentPath = readonly Step[];

/** One document of a file: the text of all of the file, and what this document decodes to. */
export interface Structured {
  /** With a byte-order mark and line ends as they are in the file. */
  readonly text: string;
  readonly value: JsonValue;
  readonly format: 'yaml' | 'json';
  /** Its place among the documents of the file, from 0. */
  readonly document: number;
  readonly root: Node;
}

/**
 * A change of one place. `set` writes a value (fields of maps in the order of the value; what is equal stays as it is written),
 * `remove` takes a key or an entry away, `restore` gives back what `observeStructured` saw there.
 */
export type StructuredEdit =
  | { readonly op: 'set'; readonly path: DocumentPath; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: DocumentPath }
  | { readonly op: 'restore'; readonly path: DocumentPath; readonly before: JsonObject };

/** `schedules[skill_name=backup].enabled`, for messages. */
export function pathText(path: DocumentPath): string {
  const text = path
    .map((step) => (typeof step === 'string' ? `.${step}` : `[${step.field}=${step.is}]`))
    .join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}
