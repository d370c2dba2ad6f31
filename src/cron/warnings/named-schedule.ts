import type { CronSchedule } from '../cron-schedule.ts';

/** A schedule where it is read. */
export interface ZonedSchedule {
  readonly schedule: CronSchedule;
  /** IANA name. */
  readonly zone: string;
}

/** One of several schedules of a file. */
export interface NamedSchedule extends ZonedSchedule {
  readonly name: string;
}
