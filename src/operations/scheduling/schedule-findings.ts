import type { NextRuns } from '../../cron/next-runs.ts';
import { crowdedMinute } from '../../cron/warnings/crowded-minute.ts';
import type { NamedSchedule, ZonedSchedule } from '../../cron/warnings/named-schedule.ts';
import { neverFires } from '../../cron/warnings/never-fires.ts';
import { onceEach } from '../../cron/warnings/once-each.ts';
import { moreOftenThan } from '../../cron/warnings/shortest-distance.ts';
import type { CloseRuns } from '../../cron/warnings/shortest-distance.ts';
import { DAY, MINUTE } from '../../cron/zone/calendar-day.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { durationText } from '../../model/duration-text.ts';

/** What is odd about schedules; who asked puts its place to it. */
export interface ScheduleFindings {
  /** SP2302: it never fires. Null: it does. */
  readonly never: (one: NamedSchedule) => Diagnostic | null;
  /** SP2303: two of its runs are nearer to each other than may be. */
  readonly tooOften: (one: NamedSchedule) => Diagnostic | null;
  /** SP2304: more of them fire in one minute of the next week than `most`, of minutes in which one of `touched` fires; absent: in any. */
  readonly crowd: (
    schedules: readonly NamedSchedule[],
    most: number,
    touched?: readonly ZonedSchedule[],
  ) => Diagnostic | null;
}

export interface FindingsAsked {
  readonly from: Instant;
  /** The distance, in milliseconds, below which runs are too near; null: they never are. */
  readonly warnEvery: number | null;
}

/** Crowds of a day of the week are told on each day. */
const LOOKED_AT = 7 * DAY;
const MOST_NAMES = 20;
const MOST = 50;

export function scheduleFindings(
  nextRuns: NextRuns,
  { from, warnEvery }: FindingsAsked,
): ScheduleFindings {
  const close = onceEach<CloseRuns | null>((one) =>
    warnEvery === null ? null : moreOftenThan(warnEvery, one, nextRuns, from),
  );
  const isNever = onceEach(({ schedule, zone }) =>
    neverFires(schedule, nextRuns, { after: from - 1, zone }),
  );
  return {
    never: (one) => (isNever(one) ? warning('SP2302', `${one.name} never fires`) : null),
    tooOften(one) {
      const found = close(one);
      if (found === null || warnEvery === null) return null;
      const runs = [found.first, found.second].map((run) => localTime(run, one.zone)).join(' and ');
      return warning(
        'SP2303',
        `${one.name} fires more often than every ${lengthText(warnEvery)}: at ${runs}`,
      );
    },
    crowd(schedules, most, touched) {
      const span = { from, until: from + LOOKED_AT };
      const asked = touched === undefined ? {} : { touched };
      const found = crowdedMinute(schedules, nextRuns, { most, ...span, ...asked });
      if (found === null) return null;
      const at = localTime(found.at, schedules[0]?.zone ?? 'UTC');
      const count = found.names.length;
      const message = `${count} entries fire at ${at}, and ${most} run at once: ${someNames(found.names, MOST_NAMES)}`;
      return warning('SP2304', message);
    },
  };
}

/** As many as people read, and how many are left. */
export function firstWarnings(warnings: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = warnings.length - MOST;
  if (left <= 0) return warnings;
  const message = `${left} more warnings are not shown`;
  return [...warnings.slice(0, MOST), { code: 'SP2306', severity: 'note', message }];
}

/** `a, b, and 3 more`. */
function someNames(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown}, and ${names.length - most} more` : shown;
}

function lengthText(millis: number): string {
  const minutes = millis / MINUTE;
  if (!Number.isInteger(minutes)) return durationText(millis);
  return minutes === 1 ? 'minute' : `${minutes} minutes`;
}

function warning(code: 'SP2302' | 'SP2303' | 'SP2304', message: string): Diagnostic {
  return { code, severity: 'warning', message };
}
