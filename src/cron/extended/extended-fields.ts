import { BOUNDS, FIELD_NAMES } from '../dialect.ts';
import type { Bounds, FieldName } from '../dialect.ts';

export const EXTENDED_FIELDS = ['second', ...FIELD_NAMES] as const;
export type ExtendedField = (typeof EXTENDED_FIELDS)[number];

/** Bounds as cron-parser 5.10.5 has them: Sunday is 0 and 7. */
export function extendedBounds(field: ExtendedField): Bounds {
  if (field === 'second') return { first: 0, last: 59 };
  return field === 'day of week' ? { first: 0, last: 7 } : BOUNDS[field];
}

/** Names are of months and days of the week only. */
export function isCalendarField(field: ExtendedField): field is FieldName {
  return field !== 'second';
}

/** Days of the longest of some months; those of February in a leap year count. */
export function longestMonth(months: readonly number[]): number {
  const days = months.map((month) => {
    if (month === 2) return 29;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
  });
  return Math.max(...days);
}
