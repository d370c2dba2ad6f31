import type { CronSchedule } from './cron-schedule.ts';
import { crontabRuns } from './crontab/crontab-runs.ts';
import { kubernetesRuns } from './kubernetes/kubernetes-runs.ts';
import type { Instant } from './zone/zone-offset.ts';
import { zoneClock } from './zone/zone-clock.ts';

export interface RunsRequest {
  /** Runs are later than this. */
  readonly after: Instant;
  /** IANA name; see isZone. Throws RangeError for another one. */
  readonly zone: string;
}

/** When a schedule fires, ascending; as many as are asked for. Empty where it never does, or at no time that is known. */
export type NextRuns<Schedule = CronSchedule> = (
  schedule: Schedule,
  request: RunsRequest,
) => Iterable<Instant>;

/** Schedules whose times need no library. */
export type OwnSchedule = Exclude<CronSchedule, { readonly kind: 'extended' }>;

/** For schedules that were told apart already; openNextRuns takes all. */
export const nextRuns: NextRuns<OwnSchedule> = (schedule, { after, zone }) => {
  switch (schedule.kind) {
    case 'calendar':
      return schedule.dialect === 'kubernetes'
        ? kubernetesRuns(schedule, after, zoneClock(zone))
        : crontabRuns(schedule, after, zoneClock(zone));
    case 'every':
      return distances(schedule.seconds, after);
    case 'reboot':
      return [];
    default:
      return schedule satisfies never;
  }
};

/**
 * Next runs of every dialect, without a switch on it. cron-parser is loaded when one of `schedules` is of the dialect `extended`,
 * else not: hence the promise. Throws TypeError for an extended schedule that is asked for and was not among them.
 */
export async function openNextRuns(schedules: Iterable<CronSchedule>): Promise<NextRuns> {
  const library = hasExtended(schedules) ? await import('./extended/cron-parser.ts') : null;
  return (schedule, request) => {
    if (schedule.kind !== 'extended') return nextRuns(schedule, request);
    if (library === null) throw new TypeError('openNextRuns was not told of an extended schedule');
    zoneClock(request.zone);
    return library.cronParserRuns(schedule, request.after, request.zone);
  };
}

function hasExtended(schedules: Iterable<CronSchedule>): boolean {
  for (const { kind } of schedules) if (kind === 'extended') return true;
  return false;
}

/** Counted from `after`, as nobody knows when its controller begins to count. Rule: robfig/cron v3.0.1 constantdelay.go. */
function* distances(seconds: number, after: Instant): Generator<Instant> {
  let run = Math.floor(after / 1000) * 1000;
  for (;;) {
    run += seconds * 1000;
    yield run;
  }
}
