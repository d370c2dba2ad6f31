import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { Edited, ItemEdit } from '../kind.ts';
import { editItems, setsSomething } from '../structured-items/edit-items.ts';
import type { ItemKeys } from '../structured-items/edit-items.ts';
import { documentPath, readKey } from './item-key.ts';
import { noFile } from './no-file.ts';
import { readScheduleFile } from './read-schedule-file.ts';

const KEYS: ItemKeys = {
  code: 'SP2235',
  pathOf: (key) => {
    const item = readKey(key);
    return item === null ? null : documentPath(item);
  },
};

/**
 * Sets, removes and gives back entries and settings; every other byte stays, proved by src/structured. Fails with its codes, with
 * SP2234 (no file to set something in) and SP2235 (record not understood).
 */
export function editSchedules(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: HostPath,
): Result<Edited> {
  if (!image.exists) {
    return setsSomething(edits) ? fail(noFile(path)) : ok({ image, warnings: [] });
  }
  const source = readScheduleFile(image.bytes, path);
  if (!source.ok) return source;
  const edited = editItems(image, source.value, edits, path, KEYS);
  return edited.ok ? ok({ image: edited.value, warnings: [] }) : edited;
}
