import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonObject, JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { editStructured } from '../../structured/edit-structured.ts';
import { encodeStructured } from '../../structured/source-text.ts';
import type { StructuredEdit } from '../../structured/structured.ts';
import type { Edited, ItemEdit } from '../kind.ts';
import { findCronJobs } from './find-cronjobs.ts';
import { calledCronJob, readKey } from './item-key.ts';

/**
 * Sets, removes and gives back fields; every other byte stays, proved by src/structured for each CronJob in turn. Fails with its codes,
 * SP2280 (no such CronJob to set something in) and SP2024 (record not understood).
 */
export function editCronJobs(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: HostPath,
): Result<Edited> {
  const byName = new Map<string, ItemEdit[]>();
  for (const edit of edits) {
    const item = readKey(keyOf(edit));
    if (item === null) return fail(notUnderstood(path, keyOf(edit)));
    const name = calledCronJob(item);
    byName.set(name, [...(byName.get(name) ?? []), edit]);
  }
  let now = image;
  for (const [name, own] of byName) {
    const edited = editOne(now, name, own, path);
    if (!edited.ok) return edited;
    now = edited.value;
  }
  return ok({ image: now, warnings: [] });
}

function editOne(
  image: FileImage,
  name: string,
  edits: readonly ItemEdit[],
  path: HostPath,
): Result<FileImage> {
  const found = findCronJobs(image, path);
  if (!found.ok) return found;
  const one = found.value.find((other) => calledCronJob(other) === name);
  if (one === undefined || !image.exists) return withoutCronJob(image, name, edits, path);
  const operations: StructuredEdit[] = [];
  for (const edit of edits) {
    const operation = operationOf(edit, one.spec, path);
    if (!operation.ok) return operation;
    operations.push(...operation.value);
  }
  if (operations.length === 0) return ok(image);
  const edited = editStructured(one.source, operations, path);
  if (!edited.ok) return edited;
  if (edited.value.text === one.source.text) return ok(image);
  return ok({ ...image, bytes: encodeStructured(edited.value.text) });
}

/** What is gone as a whole has nothing to take away. */
function withoutCronJob(
  image: FileImage,
  name: string,
  edits: readonly ItemEdit[],
  path: HostPath,
): Result<FileImage> {
  const sets = edits.some((edit) => edit.op === 'set' && edit.item.value !== null);
  if (!sets) return ok(image);
  const message = `${path}: there is no CronJob ${name}`;
  const help = 'put it back, or take its resource out of the plan';
  return fail({ code: 'SP2280', severity: 'error', message, help });
}

/** None where it is as wanted. */
function operationOf(
  edit: ItemEdit,
  spec: JsonObject,
  file: HostPath,
): Result<readonly StructuredEdit[]> {
  const item = readKey(keyOf(edit));
  if (item === null) return fail(notUnderstood(file, keyOf(edit)));
  const path = ['spec', item.field];
  const removal: readonly StructuredEdit[] = Object.hasOwn(spec, item.field)
    ? [{ op: 'remove', path }]
    : [];
  if (edit.op === 'set') {
    if (edit.item.value === null) return ok(removal);
    return ok([{ op: 'set', path, value: JSON.parse(edit.item.value) as JsonValue }]);
  }
  const { version, structured: before, absent } = edit.before;
  if (version === 1 && absent === true) return ok(removal);
  if (version !== 1 || !isJsonObject(before)) return fail(notUnderstood(file, keyOf(edit)));
  return ok([{ op: 'restore', path, before }]);
}

function keyOf(edit: ItemEdit): ItemKey {
  return edit.op === 'set' ? edit.item.key : edit.key;
}

function notUnderstood(path: HostPath, what: string): Diagnostic {
  const message = `${path}: the record is not understood: ${what}`;
  const help = 'recorded state was written by another version of setpoint, or was changed';
  return { code: 'SP2024', severity: 'error', message, help };
}
