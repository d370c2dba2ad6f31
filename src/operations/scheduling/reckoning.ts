import type { CronSchedule } from '../../cron/cron-schedule.ts';
import { firstRuns } from '../../cron/first-runs.ts';
import { openNextRuns } from '../../cron/next-runs.ts';
import type { NextRuns } from '../../cron/next-runs.ts';
import type { ZonedSchedule } from '../../cron/warnings/named-schedule.ts';
import { onceEach } from '../../cron/warnings/once-each.ts';
import { openDescriptions } from '../../cron/words/describe-schedule.ts';
import type { DescribeSchedule } from '../../cron/words/describe-schedule.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';

/** What tells when schedules fire, from one time on. */
export interface Reckoning {
  readonly from: Instant;
  readonly nextRuns: NextRuns;
  readonly describe: DescribeSchedule;
  /** The next runs, `from` itself included, in the zone: ISO 8601 with its offset. As many as the reckoning was opened for. */
  readonly next: (one: ZonedSchedule) => readonly string[];
}

/** Loads libraries only for the schedules that need them; others than these cannot be asked for. */
export async function openReckoning(
  schedules: readonly CronSchedule[],
  { from, count }: { readonly from: Instant; readonly count: number },
): Promise<Reckoning> {
  const [nextRuns, describe] = await Promise.all([
    openNextRuns(schedules),
    openDescriptions(schedules),
  ]);
  const next = onceEach(({ schedule, zone }) =>
    firstRuns(nextRuns(schedule, { after: from - 1, zone }), count).map((run) =>
      localTime(run, zone),
    ),
  );
  return { from, nextRuns, describe, next };
}
