import type { FieldName } from './dialect.ts';
import type { CronProblem } from './cron-text.ts';

/** The values of one field at which a schedule fires, ascending. */
export interface CronField {
  readonly values: readonly number[];
  /** It counts as every value where days of month and week are put together. */
  readonly star: boolean;
}

export type CronFields = Readonly<Record<FieldName, CronField>>;

/** When a schedule fires by the calendar of its zone, to the minute. */
export interface KubernetesSchedule {
  readonly kind: 'calendar';
  readonly dialect: 'kubernetes';
  readonly fields: CronFields;
}

export interface CrontabSchedule {
  readonly kind: 'calendar';
  readonly dialect: 'crontab';
  readonly fields: CronFields;
  /** What the clocks' change does to a time that there is not, and to one that there is twice. */
  readonly change: ClockChange;
}

export type CalendarSchedule = KubernetesSchedule | CrontabSchedule;

/**
 * `skip-and-repeat`: a time that is skipped does not fire, one that comes twice fires twice. `once`: a skipped time fires right after
 * the gap, one that comes twice fires the first time.
 */
export type ClockChange = 'skip-and-repeat' | 'once';

export type CronSchedule =
  | CalendarSchedule
  /** At a distance from the last time, or from the start of whoever runs it. */
  | { readonly kind: 'every'; readonly seconds: number }
  | { readonly kind: 'reboot' }
  /** As cron-parser reads it, to the second. */
  | { readonly kind: 'extended'; readonly expression: string; readonly seed: string };

export type CronReading =
  | { readonly ok: true; readonly schedule: CronSchedule }
  | { readonly ok: false; readonly problems: readonly CronProblem[] };

/** Days count together (`both`) where one of their fields is a star, else each of them is enough (`either`). */
export function dayRule(fields: CronFields): 'both' | 'either' {
  return fields['day of month'].star || fields['day of week'].star ? 'both' : 'either';
}
