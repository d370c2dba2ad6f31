import { stringify } from 'yaml';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonValue } from '../../model/item.ts';
import { lostAnew, lostDigits } from '../../structured/lost-values.ts';
import { editedStructured } from '../../structured/edit-structured.ts';
import { decodeStructured, encodeStructured } from '../../structured/source-text.ts';
import { readStructured } from '../../structured/read-structured.ts';
import type { Structured, StructuredEdit } from '../../structured/structured.ts';
import { editsBetween } from './data-edits.ts';
import { invalid } from './document-errors.ts';
import { sameData } from './json-data.ts';

/** The document of a file, null where there is none. Throws what cannot be read safely, with line and column (exit 65). */
export function documentIn(image: FileImage, path: string): Structured | null {
  return image.exists ? given(readStructured(image.bytes, path)) : null;
}

export interface ComposedText {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** What reading the bytes gives. */
  readonly read: Structured;
  /** No edit leads there: comments and style of the old text are gone. */
  readonly rewritten: boolean;
}

/**
 * The text that holds `data`: the old one with the smallest edits that do, or, where none does (what changes is shared by an alias,
 * say), a new one. Proved: what is returned is read again, and is `data`. Throws SP2330 (exit 65) where a new one would lose what data does not
 * tell (a tag, a merge key, digits of a long number).
 */
export function composeText(
  source: Structured | null,
  data: JsonValue,
  path: string,
): ComposedText {
  if (source === null) return { ...written(data, formatOf(path), path), rewritten: false };
  const ladder: readonly (readonly StructuredEdit[])[] = [
    editsBetween(source.value, data),
    [{ op: 'set', path: [], value: data }],
  ];
  const why: Diagnostic[] = [];
  for (const edits of ladder) {
    // It reads what it made: no other parse is needed.
    const edited = editedStructured(source, edits, path);
    if (!edited.ok) why.push(...edited.diagnostics);
    if (!edited.ok || !sameData(edited.value.value, data)) continue;
    const { text } = edited.value;
    const bytes = encodeStructured(text);
    const fits = decodeStructured(bytes, path).ok;
    if (fits) return complete({ text, bytes, read: edited.value, rewritten: false }, source, path);
  }
  const lost = lostAnew(source, path);
  if (lost !== null) throw invalid([lost, ...why.slice(0, 1)]);
  return complete({ ...written(data, source.format, path), rewritten: true }, source, path);
}

/** Throws where a number has lost digits: it was written anew, or stands where another entry stood. */
function complete(composed: ComposedText, source: Structured, path: string): ComposedText {
  const lost = lostDigits(source, composed.read, path);
  if (lost !== null) throw invalid([lost]);
  return composed;
}

function formatOf(path: string): Structured['format'] {
  return path.endsWith('.json') ? 'json' : 'yaml';
}

/** Texts are quoted, keys where any YAML reader would take them for something else (`on`, `1`). */
function written(
  data: JsonValue,
  format: Structured['format'],
  path: string,
): Omit<ComposedText, 'rewritten'> {
  const style = { version: '1.1', defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 } as const;
  const text =
    format === 'json'
      ? `${JSON.stringify(data, null, 2)}\n`
      : stringify(data, { ...style, defaultKeyType: 'PLAIN', aliasDuplicateObjects: false });
  const bytes = encodeStructured(text);
  // Throws what is wrong with it: too large, for one.
  const read = given(readStructured(bytes, path));
  if (!sameData(read.value, data)) {
    throw new TypeError(`${path}: the new text does not hold the data`);
  }
  return { text, bytes, read };
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw invalid(result.diagnostics);
  return result.value;
}
