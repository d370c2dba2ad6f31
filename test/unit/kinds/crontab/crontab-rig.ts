import type { Diagnostic, Result } from '../../../../src/diagnostics/diagnostic.ts';
import type { ItemEdit } from '../../../../src/kinds/kind.ts';
import { kindOf } from '../../../../src/kinds/registry.ts';
import { NOBODY_LOOKED } from '../../../../src/kinds/surroundings.ts';
import type { HostPath, ItemKey } from '../../../../src/model/brand.ts';
import { ABSENT } from '../../../../src/model/file-image.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { CrontabJob, CrontabSpec } from '../../../../src/model/plan-file.ts';

export const PATH = '/etc/cron.d/backup' as HostPath;
export const crontab = kindOf('crontab');

export function image(text: string, mode = 0o644): FileImage {
  return { exists: true, bytes: Buffer.from(text, 'latin1'), mode };
}

export function textOf(file: FileImage): string | null {
  return file.exists ? Buffer.from(file.bytes).toString('latin1') : null;
}

export function job(
  command: string,
  schedule = '0 3 * * *',
  user: string | null = 'root',
): CrontabJob {
  return { schedule, user, command };
}

export function spec(
  jobs: CrontabSpec['jobs'],
  environment: CrontabSpec['environment'] = {},
  more: Partial<CrontabSpec> = {},
): CrontabSpec {
  return { kind: 'crontab', path: PATH, owner: null, jobs, environment, ...more };
}

export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

/** What a run does with a file: the items that differ are set. */
export function applied(wanted: CrontabSpec, before: FileImage): Result<FileImage> {
  const items = crontab.desired(wanted, before, PATH);
  if (!items.ok) return items;
  const keys = items.value.map(({ key }) => key);
  const live = crontab.observe(before, keys, PATH);
  if (!live.ok) return live;
  const edits = items.value.flatMap((item): ItemEdit[] => {
    const now = live.value.get(item.key)?.value ?? null;
    return crontab.same(item.key, now, item.value) ? [] : [{ op: 'set', item }];
  });
  if (edits.length === 0) return { ok: true, value: before };
  const edited = crontab.edit(before, edits, PATH);
  return edited.ok ? { ok: true, value: edited.value.image } : edited;
}

/** What a release does: what `observe` said before management is put back. */
export function released(
  keys: readonly ItemKey[],
  { now, original }: { readonly now: FileImage; readonly original: FileImage },
): FileImage {
  const before = good(crontab.observe(original, keys, PATH));
  const edits = keys.map((key): ItemEdit => ({
    op: 'restore',
    key,
    before: before.get(key)?.before ?? {},
    original,
  }));
  return good(crontab.edit(now, edits, PATH)).image;
}

export function keysOf(wanted: CrontabSpec): readonly ItemKey[] {
  return crontab.declared(wanted).map(({ key }) => key);
}

export function judged(
  wanted: CrontabSpec,
  after: FileImage,
  before: FileImage = after,
): readonly Diagnostic[] {
  return crontab.judge(wanted, before, after, PATH, NOBODY_LOOKED);
}

export { ABSENT };
