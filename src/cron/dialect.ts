/**
 * Who reads a schedule. They look alike and mean different things: `kubernetes` is robfig/cron v3 as CronJobs use it, `crontab` is
 * Debian's cron, `extended` is cron-parser with seconds, `L`, `#` and `H`.
 */
export const DIALECTS = ['kubernetes', 'crontab', 'extended'] as const;
export type Dialect = (typeof DIALECTS)[number];

export const FIELD_NAMES = ['minute', 'hour', 'day of month', 'month', 'day of week'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** First and last value of a field, both included. */
export interface Bounds {
  readonly first: number;
  readonly last: number;
}

/** Days of the week are 0 to 6 from Sunday; who takes 7 for Sunday says so in its own table. */
export const BOUNDS: Readonly<Record<FieldName, Bounds>> = {
  minute: { first: 0, last: 59 },
  hour: { first: 0, last: 23 },
  'day of month': { first: 1, last: 31 },
  month: { first: 1, last: 12 },
  'day of week': { first: 0, last: 6 },
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The value that a name stands for in a field, in any case; `null`: it is no name there. */
export function namedValue(field: FieldName, text: string): number | null {
  const names = field === 'month' ? MONTHS : field === 'day of week' ? DAYS : [];
  const at = names.indexOf(text.toLowerCase());
  return at === -1 ? null : at + BOUNDS[field].first;
}
