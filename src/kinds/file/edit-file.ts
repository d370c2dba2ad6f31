import { createHash } from 'node:crypto';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Code } from '../../diagnostics/codes/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { FileImage } from '../../model/file-image.ts';
import { editedKey } from '../edited-key.ts';
import type { Edited, ItemEdit } from '../kind.ts';

/** Permission bits of a file that setpoint creates and no plan gives a mode. */
const NEW_FILE_MODE = 0o644;

/**
 * Applies edits of a whole file; content first, so that a mode lands on the file that stays. Fails with SP2024 (record not of
 * this format), SP2030 (mode), SP2031 (bytes missing or not the recorded ones).
 */
export function editFile(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: string,
): Result<Edited> {
  const ordered = [...edits.filter(isContent), ...edits.filter((edit) => !isContent(edit))];
  let now: Result<FileImage> = ok(image);
  for (const edit of ordered) {
    if (!now.ok) return now;
    const current = now.value;
    if (isContent(edit)) now = editContent(current, edit, path);
    else if (editedKey(edit) === 'mode') now = editMode(current, edit, path);
    else now = refuse('SP2024', `${path}: ${editedKey(edit)} is not an item of a file`);
  }
  return now.ok ? ok({ image: now.value, warnings: [] }) : now;
}

function isContent(edit: ItemEdit): boolean {
  return editedKey(edit) === 'content';
}

function editContent(image: FileImage, edit: ItemEdit, path: string): Result<FileImage> {
  const wanted = edit.op === 'set' ? edit.item.value : readRecord(edit.before);
  if (wanted === undefined) return refuse('SP2024', `${path}: the record is not understood`);
  if (wanted === null) return ok(ABSENT);
  if (image.exists && sha256(image.bytes) === wanted) return ok(image);
  const original = edit.op === 'restore' && edit.original?.exists === true ? edit.original : null;
  const bytes = edit.op === 'set' ? edit.item.bytes : original?.bytes;
  if (bytes === undefined || sha256(bytes) !== wanted) {
    const message = `${path}: the bytes to write are not the ones that were recorded`;
    return refuse('SP2031', message);
  }
  const mode = image.exists ? image.mode : (original?.mode ?? NEW_FILE_MODE);
  return ok({ exists: true, bytes, mode });
}

function editMode(image: FileImage, edit: ItemEdit, path: string): Result<FileImage> {
  const wanted = edit.op === 'set' ? edit.item.value : readRecord(edit.before);
  if (wanted === undefined) return refuse('SP2024', `${path}: the record is not understood`);
  // A file that is gone has no mode to give back.
  if (!image.exists && edit.op === 'restore') return ok(image);
  if (wanted === null) return ok(image);
  if (!/^[0-7]{4}$/.test(wanted) || !image.exists) {
    const reason = image.exists ? `${wanted} is not a file mode` : 'there is no file to set it on';
    return refuse('SP2030', `${path}: ${reason}`);
  }
  const mode = Number.parseInt(wanted, 8);
  return ok(mode === image.mode ? image : { ...image, mode });
}

/** The value before management; `undefined` when the record is not of this format. */
function readRecord(before: { readonly [key: string]: unknown }): string | null | undefined {
  const { version, value } = before;
  if (version !== 1) return undefined;
  return value === null || typeof value === 'string' ? value : undefined;
}

function refuse(code: Code, message: string): Result<FileImage> {
  const help =
    code === 'SP2031'
      ? 'the copy of the earlier file is missing or damaged; put the file back by hand'
      : 'recorded state was written by another version of setpoint, or was changed';
  return fail({ code, severity: 'error', message, help });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
