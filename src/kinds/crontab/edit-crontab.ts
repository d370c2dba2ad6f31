import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { ItemKey } from '../../model/brand.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { FileImage } from '../../model/file-image.ts';
import { editedKey } from '../edited-key.ts';
import type { Edited, ItemEdit } from '../kind.ts';
import { readCrontabFile } from './crontab-file.ts';
import type { Crontab } from './crontab-file.ts';
import { joinLines } from './crontab-line.ts';
import { laidOut } from './lay-out.ts';
import { markerOf } from './marker.ts';
import { proveEdit } from './prove-edit.ts';
import { unendedProblem } from './unended.ts';
import { wantedLine } from './wanted-line.ts';

/** Permission bits of a new file: cron takes no system crontab that others may write to. */
const NEW_FILE_MODE = 0o644;

/**
 * Sets and takes out whole lines with their markers; every other line stays byte for byte, proved by reading the result. Fails with
 * SP2024 (record not of this format), SP2252, SP2254, SP2255 (last line without end), SP2257 (environment that would reach other jobs).
 */
export function editCrontab(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: string,
): Result<Edited> {
  const read = readCrontabFile(image, path);
  if (!read.ok) return read;
  const wanted = wantedLines(edits, path);
  if (!wanted.ok) return wanted;
  const adds = edits.some(
    (edit) => wanted.value.get(editedKey(edit)) !== null && edit.op === 'set',
  );
  const unended = adds ? unendedProblem(read.value, path) : null;
  if (unended !== null) return fail(unended);
  const declared = new Set(edits.flatMap((edit) => (edit.op === 'set' ? [editedKey(edit)] : [])));
  const laid = laidOut(read.value, wanted.value, declared, path);
  if (!laid.ok) return laid;
  const text = joinLines(laid.value);
  const bytes = Buffer.from(text, 'latin1');
  const proved = proveEdit(read.value, bytes, wanted.value, path);
  if (!proved.ok) return proved;
  const changed = imageWith(image, bytes);
  const given = givenBack(changed, proved.value, edits);
  return ok({ image: given, warnings: laid.warnings ?? [] });
}

function wantedLines(
  edits: readonly ItemEdit[],
  path: string,
): Result<ReadonlyMap<ItemKey, string | null>> {
  const wanted = new Map<ItemKey, string | null>();
  for (const edit of edits) {
    const marker = markerOf(editedKey(edit));
    const line = marker === null ? undefined : wantedLine(edit, marker);
    if (line === undefined) {
      const message = `${path}: what is to stand for ${editedKey(edit)} is not understood`;
      const help = 'recorded state was written by another version of setpoint, or was changed';
      return fail({ code: 'SP2024', severity: 'error', message, help });
    }
    wanted.set(editedKey(edit), line);
  }
  return ok(wanted);
}

function imageWith(image: FileImage, bytes: Uint8Array): FileImage {
  if (image.exists) return { ...image, bytes };
  return bytes.length === 0 ? image : { exists: true, bytes, mode: NEW_FILE_MODE };
}

/** Without a line of ours left, an end that a last comment was given, and a file that was made, go as well. */
function givenBack(image: FileImage, after: Crontab, edits: readonly ItemEdit[]): FileImage {
  if (after.own.size > 0 || !image.exists) return image;
  const original = edits.flatMap((edit) => (edit.op === 'restore' ? [edit.original] : []))[0];
  if (original === undefined || original === null) return image;
  const now = Buffer.from(image.bytes);
  if (!original.exists) return now.length === 0 ? ABSENT : image;
  const ended = Buffer.concat([original.bytes, Buffer.from('\n')]);
  return now.equals(ended) ? { ...image, bytes: original.bytes } : image;
}
