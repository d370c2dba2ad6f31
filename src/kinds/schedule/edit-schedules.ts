import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonValue } from '../../model/item.ts';
import { editStructured } from '../../structured/edit-structured.ts';
import { observeStructured } from '../../structured/observe-structured.ts';
import { encodeStructured } from '../../structured/source-text.ts';
import type { Structured, StructuredEdit } from '../../structured/structured.ts';
import type { Edited, ItemEdit } from '../kind.ts';
import { documentPath, readKey } from './item-key.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { notUnderstood } from './observe-schedules.ts';
import { readOnce } from './read-once.ts';

/**
 * Sets, removes and gives back entries and settings; every other byte stays, proved by src/structured. Fails with its codes, with
 * SP2234 (no file to set something in) and SP2235 (record not understood).
 */
export function editSchedules(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: HostPath,
): Result<Edited> {
  if (!image.exists) return withoutFile(image, edits, path);
  const source = readOnce(image.bytes, path);
  if (!source.ok) return source;
  const operations: StructuredEdit[] = [];
  for (const edit of edits) {
    const operation = operationOf(source.value, edit, path);
    if (!operation.ok) return operation;
    operations.push(...operation.value);
  }
  if (operations.length === 0) return ok({ image, warnings: [] });
  const edited = editStructured(source.value, operations, path);
  if (!edited.ok) return edited;
  if (edited.value.text === source.value.text) return ok({ image, warnings: [] });
  const bytes = encodeStructured(edited.value.text);
  return ok({ image: { ...image, bytes }, warnings: [] });
}

/** What is gone as a whole has no entries to take away. */
function withoutFile(image: FileImage, edits: readonly ItemEdit[], path: HostPath): Result<Edited> {
  const sets = edits.some((edit) => edit.op === 'set' && edit.item.value !== null);
  if (!sets) return ok({ image, warnings: [] });
  const help = 'create it with an empty list, in the form that its reader takes';
  return fail({ code: 'SP2234', severity: 'error', message: `${path} is not there`, help });
}

/** None where it is as wanted. */
function operationOf(
  source: Structured,
  edit: ItemEdit,
  file: HostPath,
): Result<readonly StructuredEdit[]> {
  const key = edit.op === 'set' ? edit.item.key : edit.key;
  const item = readKey(key);
  if (item === null) return fail(notUnderstood(file, key));
  const path = documentPath(item);
  const present = observeStructured(source, path).value !== undefined;
  const removal: readonly StructuredEdit[] = present ? [{ op: 'remove', path }] : [];
  if (edit.op === 'set') {
    if (edit.item.value === null) return ok(removal);
    return ok([{ op: 'set', path, value: JSON.parse(edit.item.value) as JsonValue }]);
  }
  const { version, structured: before, absent } = edit.before;
  if (version === 1 && absent === true) return ok(removal);
  if (version !== 1 || !isJsonObject(before)) return fail(notUnderstood(file, key));
  return ok([{ op: 'restore', path, before }]);
}
