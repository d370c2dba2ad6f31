import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import { editedKey } from '../edited-key.ts';
import type { Edited, ItemEdit } from '../kind.ts';
import { editItems, setsSomething } from '../structured-items/edit-items.ts';
import type { ItemKeys } from '../structured-items/edit-items.ts';
import { notUnderstood } from '../structured-items/not-understood.ts';
import { findCronJobs } from './find-cronjobs.ts';
import { calledCronJob, documentPath, readKey } from './item-key.ts';

const KEYS: ItemKeys = {
  code: 'SP2024',
  pathOf: (key) => {
    const item = readKey(key);
    return item === null ? null : documentPath(item);
  },
};

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
    const key = editedKey(edit);
    const item = readKey(key);
    if (item === null) return fail(notUnderstood(KEYS.code, path, key));
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
  return editItems(image, one.source, edits, path, KEYS);
}

/** What is gone as a whole has nothing to take away. */
function withoutCronJob(
  image: FileImage,
  name: string,
  edits: readonly ItemEdit[],
  path: HostPath,
): Result<FileImage> {
  if (!setsSomething(edits)) return ok(image);
  const message = `${path}: there is no CronJob ${name}`;
  const help = 'put it back, or take its resource out of the plan';
  return fail({ code: 'SP2280', severity: 'error', message, help });
}
