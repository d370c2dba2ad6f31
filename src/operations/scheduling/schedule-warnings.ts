import type { NextRuns } from '../../cron/next-runs.ts';
import { MINUTE } from '../../cron/zone/calendar-day.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { namedEntry } from './read-entries.ts';
import type { ReadEntry } from './read-entries.ts';
import type { ScheduleSource } from './schedule-entry.ts';
import { firstWarnings, scheduleFindings } from './schedule-findings.ts';

interface Warned {
  readonly source: ScheduleSource;
  readonly read: readonly ReadEntry[];
  readonly nextRuns: NextRuns;
  readonly from: Instant;
  /** Minutes. */
  readonly warnEvery: number | null;
}

/** What people have to know of schedules that can be read: never, too often, too many at once. */
export function scheduleWarnings(warned: Warned): readonly Diagnostic[] {
  const { source, read, nextRuns, from } = warned;
  const warnEvery = warned.warnEvery === null ? null : warned.warnEvery * MINUTE;
  const findings = scheduleFindings(nextRuns, { from, warnEvery });
  const ofEach = read.flatMap((one) => {
    const named = namedEntry(one);
    const found = findings.never(named) ?? findings.tooOften(named);
    return found === null ? [] : [{ ...found, at: { file: source.file, ...one.entry.at } }];
  });
  const firing = read.filter(({ entry }) => entry.enabled).map(namedEntry);
  const most = source.mostAtOnce;
  const crowd = most === null ? null : findings.crowd(firing, most);
  return [...firstWarnings(ofEach), ...(crowd === null ? [] : [crowd])];
}
