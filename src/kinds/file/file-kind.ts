import { createHash } from 'node:crypto';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { DesiredItem, LiveItem } from '../../model/item.ts';
import type { FileSpec } from '../../model/plan-file.ts';
import type { Kind } from '../kind.ts';
import { editFile } from './edit-file.ts';
import { formatMode } from '../../model/file-mode.ts';

/** Kind `file`: a whole file, its bytes and permission bits. */
export const fileKind: Kind<FileSpec> = {
  name: 'file',
  watched: false,
  desired,
  declared: (spec) => {
    const items = desired(spec, ABSENT, spec.path);
    return items.ok ? items.value : [];
  },
  observe,
  same: (_key, a, b) => a === b,
  edit: editFile,
  derivedGates: () => [],
  judge: () => [],
  looksAt: () => [],
  restart: () => 'not-applicable',
};

/** Key of the item whose value is the SHA-256 of the bytes; `null` = the file must not exist. */
export const CONTENT_KEY = 'content' as ItemKey;
/** Key of the item whose value is the permission bits as four octal digits. */
export const MODE_KEY = 'mode' as ItemKey;

function desired(
  spec: FileSpec,
  _image: FileImage,
  path: HostPath,
): Result<readonly DesiredItem[]> {
  if (spec.content === null) return ok([{ key: CONTENT_KEY, value: null, label: 'content' }]);
  const { content: bytes, mode } = spec;
  const content = { key: CONTENT_KEY, value: sha256(bytes), label: 'content', bytes };
  if (mode === null) return ok([content]);
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777) {
    const help = 'write it as four octal digits in quotes, such as "0600"';
    const message = `${path}: ${mode} is not a file mode`;
    return fail({ code: 'SP2030', severity: 'error', message, help });
  }
  return ok([content, { key: MODE_KEY, value: formatMode(mode), label: 'mode' }]);
}

function observe(
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): Result<ReadonlyMap<ItemKey, LiveItem>> {
  const unknown = keys.filter((key) => key !== CONTENT_KEY && key !== MODE_KEY);
  if (unknown.length > 0) {
    const message = `${path}: not items of a file: ${unknown.join(', ')}`;
    const help = 'recorded state was written by another version of setpoint';
    return fail({ code: 'SP2024', severity: 'error', message, help });
  }
  return ok(new Map(keys.map((key) => [key, observeItem(image, key)])));
}

function observeItem(image: FileImage, key: ItemKey): LiveItem {
  if (!image.exists) return { value: null, before: { version: 1, value: null } };
  const value = key === CONTENT_KEY ? sha256(image.bytes) : formatMode(image.mode);
  return { value, before: { version: 1, value } };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
