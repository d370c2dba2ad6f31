import type { CronSchedule } from '../cron-schedule.ts';

/** One of several schedules of a file, with its zone. */
export interface NamedSchedule {
  readonly name: string;
  readonly schedule: CronSchedule;
  /** IANA name. */
  readonly zone: string;
}
