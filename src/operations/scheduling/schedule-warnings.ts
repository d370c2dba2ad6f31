import type { NextRuns } from '../../cron/next-runs.ts';
import { crowdedMinute } from '../../cron/warnings/crowded-minute.ts';
import { neverFires } from '../../cron/warnings/never-fires.ts';
import { moreOftenThan } from '../../cron/warnings/shortest-distance.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import { DAY } from '../../cron/zone/calendar-day.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ReadEntry } from './read-entries.ts';
import type { ScheduleSource } from './schedule-entry.ts';

interface Warned {
  readonly source: ScheduleSource;
  readonly read: readonly ReadEntry[];
  readonly nextRuns: NextRuns;
  readonly from: Instant;
  readonly warnEvery: number | null;
}

const MOST = 50;
const MOST_NAMES = 20;

/** What people have to know of schedules that can be read: never, too often, too many at once. */
export function scheduleWarnings(warned: Warned): readonly Diagnostic[] {
  const ofEach = warned.read.flatMap((one) => warningOf(one, warned));
  const left = ofEach.length - MOST;
  const more: readonly Diagnostic[] =
    left <= 0
      ? []
      : [{ code: 'SP2306', severity: 'note', message: `${left} more warnings are not shown` }];
  return [...ofEach.slice(0, MOST), ...more, ...crowd(warned)];
}

function warningOf(
  { entry, schedule, zone }: ReadEntry,
  { source: { file }, nextRuns, from, warnEvery }: Warned,
): readonly Diagnostic[] {
  const at = { file, ...entry.at };
  const request = { after: from - 1, zone };
  if (neverFires(schedule, nextRuns, request)) {
    return [{ code: 'SP2302', severity: 'warning', message: `${entry.name} never fires`, at }];
  }
  const close = warnEvery === null ? null : moreOftenThan(warnEvery, schedule, nextRuns, request);
  if (close === null) return [];
  const runs = [close.first, close.second].map((run) => localTime(run, zone)).join(' and ');
  const message = `${entry.name} fires more often than every ${warnEvery} minutes: at ${runs}`;
  return [{ code: 'SP2303', severity: 'warning', message, at }];
}

function crowd({ source, read, nextRuns, from }: Warned): readonly Diagnostic[] {
  const most = source.mostAtOnce;
  if (most === null) return [];
  const named = read
    .filter(({ entry }) => entry.enabled)
    .map(({ entry, schedule, zone }) => ({ name: entry.name, schedule, zone }));
  const found = crowdedMinute(named, nextRuns, { most, from, until: from + DAY });
  if (found === null) return [];
  const zone = named[0]?.zone ?? 'UTC';
  const shown = found.names.slice(0, MOST_NAMES).join(', ');
  const more =
    found.names.length > MOST_NAMES ? `, and ${found.names.length - MOST_NAMES} more` : '';
  const message = `${found.names.length} entries fire at ${localTime(found.at, zone)}, and ${most} run at once: ${shown}${more}`;
  return [{ code: 'SP2304', severity: 'warning', message }];
}
