import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { editStructured } from '../../structured/edit-structured.ts';
import { observeStructured } from '../../structured/observe-structured.ts';
import { encodeStructured } from '../../structured/source-text.ts';
import type { DocumentPath, Structured, StructuredEdit } from '../../structured/structured.ts';
import { editedKey } from '../edited-key.ts';
import type { ItemEdit } from '../kind.ts';
import { notUnderstood } from './not-understood.ts';
import type { RecordCode } from './not-understood.ts';

/** How a kind's keys are read. */
export interface ItemKeys {
  /** Where in the document; `null`: it is no key of the kind. */
  readonly pathOf: (key: ItemKey) => DocumentPath | null;
  readonly code: RecordCode;
}

type Present = Extract<FileImage, { readonly exists: true }>;

/**
 * Sets, removes and gives back items of one document of a file (values are JSON); every other byte stays, proved by src/structured. Where
 * all is as wanted it is the same image. Fails with the codes of src/structured, and with `code` for a key or a record that is not
 * understood.
 */
export function editItems(
  image: Present,
  source: Structured,
  edits: readonly ItemEdit[],
  path: HostPath,
  { pathOf, code }: ItemKeys,
): Result<Present> {
  const operations: StructuredEdit[] = [];
  for (const edit of edits) {
    const key = editedKey(edit);
    const place = pathOf(key);
    const wanted = place === null ? null : documentEdits(source, place, edit);
    if (wanted === null) return fail(notUnderstood(code, path, key));
    operations.push(...wanted);
  }
  if (operations.length === 0) return ok(image);
  const edited = editStructured(source, operations, path);
  if (!edited.ok) return edited;
  if (edited.value.text === source.text) return ok(image);
  return ok({ ...image, bytes: encodeStructured(edited.value.text) });
}

/** Whether a file or document must be there for them: what is gone as a whole has nothing to take away. */
export function setsSomething(edits: readonly ItemEdit[]): boolean {
  return edits.some((edit) => edit.op === 'set' && edit.item.value !== null);
}

/** None where it is as wanted; `null`: the record (a `before` of `liveItem`) is not understood. */
function documentEdits(
  source: Structured,
  path: DocumentPath,
  edit: ItemEdit,
): readonly StructuredEdit[] | null {
  if (edit.op === 'set') {
    const { value } = edit.item;
    if (value === null) return removal(source, path);
    return [{ op: 'set', path, value: JSON.parse(value) as JsonValue }];
  }
  const { version, structured: before, absent } = edit.before;
  if (version !== 1) return null;
  if (absent === true) return removal(source, path);
  return isJsonObject(before) ? [{ op: 'restore', path, before }] : null;
}

function removal(source: Structured, path: DocumentPath): readonly StructuredEdit[] {
  const present = observeStructured(source, path).value !== undefined;
  return present ? [{ op: 'remove', path }] : [];
}
