import { isMap, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import type { ScheduleEntry, UnreadEntry } from './schedule-entry.ts';
import { stringAt, textAt, zoneAt } from './yaml-nodes.ts';
import type { Read } from './yaml-nodes.ts';

/** Itself, or those of a List. */
export function cronJobs(contents: unknown): readonly YAMLMap[] {
  if (!isMap(contents)) return [];
  if (contents.get('kind') === 'CronJob') return [contents];
  const items = contents.get('kind') === 'List' ? contents.get('items') : null;
  return isSeq(items) ? items.items.flatMap(cronJobs) : [];
}

/** One of them, in the zone that it names itself. */
export function cronJobEntry(
  read: Read,
): (job: YAMLMap, at: number) => ScheduleEntry | UnreadEntry {
  return (job, at) => {
    const namespace = stringAt(job, ['metadata', 'namespace']);
    const own = stringAt(job, ['metadata', 'name']) ?? `CronJob ${at + 1}`;
    const name = namespace === null ? own : `${namespace}/${own}`;
    const found = textAt(job, ['spec', 'schedule'], read);
    if ('message' in found) return { ...found, name };
    return {
      name,
      ...found,
      dialect: read.dialect ?? 'kubernetes',
      zone: zoneAt(job, ['spec', 'timeZone'], read),
      enabled: job.getIn(['spec', 'suspend']) !== true,
    };
  };
}
