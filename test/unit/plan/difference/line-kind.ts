import { ok } from '../../../../src/diagnostics/diagnostic.ts';
import type { ItemEdit, Kind } from '../../../../src/kinds/kind.ts';
import type { ItemKey } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { DesiredItem, LiveItem } from '../../../../src/model/item.ts';

/** A kind as small as can be, for planner tests: a file of `key=value` lines, one item a line. */
export const lineKind: Kind = {
  name: 'manifest',
  watched: true,
  desired: (spec) => {
    if (spec.kind !== 'manifest') throw new TypeError('line kind');
    return ok(
      Object.entries(spec.flags).map(([name, flag]): DesiredItem => ({
        key: name as ItemKey,
        label: name,
        value: flag.form === 'value' ? flag.value : null,
        ...(name.includes('/') ? { shareable: true } : {}),
      })),
    );
  },
  declared: () => [],
  observe: (image, keys) => {
    const lines = linesOf(image);
    return ok(
      new Map(
        keys.map((key): [ItemKey, LiveItem] => {
          const line = lines.find((l) => l.startsWith(`${key}=`)) ?? null;
          return [key, { value: line?.slice(key.length + 1) ?? null, before: { line } }];
        }),
      ),
    );
  },
  same: (_key, a, b) => a?.toLowerCase() === b?.toLowerCase(),
  edit: (image, edits) => {
    let lines = linesOf(image);
    for (const edit of edits) lines = edited(lines, edit);
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    return ok({
      image: { exists: true, bytes, mode: image.exists ? image.mode : 0o600 },
      warnings: [],
    });
  },
  judge: () => [],
  looksAt: () => [],
  derivedGates: () => [],
  restart: () => 'expected',
};

function linesOf(image: FileImage): string[] {
  if (!image.exists) return [];
  return Buffer.from(image.bytes)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}

function edited(lines: readonly string[], edit: ItemEdit): string[] {
  const key = edit.op === 'set' ? edit.item.key : edit.key;
  const at = lines.findIndex((line) => line.startsWith(`${key}=`));
  const next =
    edit.op === 'set'
      ? edit.item.value === null
        ? null
        : `${key}=${edit.item.value}`
      : (edit.before['line'] as string | null);
  const copy = [...lines];
  if (at === -1) return next === null ? copy : [...copy, next];
  copy.splice(at, 1, ...(next === null ? [] : [next]));
  return copy;
}
