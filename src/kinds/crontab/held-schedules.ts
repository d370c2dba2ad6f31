import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { CrontabSpec } from '../../model/plan-file.ts';
import type { HeldSchedule } from '../held-schedule.ts';
import { readCrontabFile } from './crontab-file.ts';
import { jobText, meaningOf } from './crontab-line.ts';

/**
 * The schedules of our jobs. Debian's cron knows one zone alone, that of the machine: a setting CRON_TZ is nothing but a variable of the
 * command (crontab(5), LIMITATIONS).
 */
export function heldSchedules(
  _spec: CrontabSpec | null,
  image: FileImage,
  path: HostPath,
): ReadonlyMap<ItemKey, HeldSchedule> {
  const read = readCrontabFile(image, path);
  if (!read.ok) return new Map();
  const held = [...read.value.own].flatMap(
    ([key, { marker, body }]): (readonly [ItemKey, HeldSchedule])[] => {
      const meaning = body === null ? null : meaningOf(body);
      const job = meaning?.is === 'job' ? jobText(meaning.text) : null;
      if (job === null) return [];
      const text = job.schedule.replaceAll(/[ \t]+/g, ' ');
      const facts = { text, dialect: 'crontab', zone: null, name: marker.name } as const;
      return [[key, { ...facts, enabled: true }]];
    },
  );
  return new Map(held);
}
