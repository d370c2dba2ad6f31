/** A time as clocks show it, as the milliseconds at which UTC's clocks show it. */
export type WallTime = number;

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

// Counted from the first of March of year 0, so that the day that leap years add is the last of a year; 400 years have as many days.
const DAYS_BEFORE_1970 = 719_468;
const DAYS_OF_ERA = 146_097;

/** Midnight at the beginning of a day. Rule: the proleptic Gregorian calendar (H. Hinnant, days_from_civil). */
export function midnightOf({ year, month, day }: CalendarDay): WallTime {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const days = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
  return (era * DAYS_OF_ERA + days - DAYS_BEFORE_1970) * DAY;
}

/** The day of a time; the inverse of midnightOf (civil_from_days). */
export function dayOf(time: WallTime): CalendarDay {
  const shifted = Math.floor(time / DAY) + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const days = shifted - era * DAYS_OF_ERA;
  const leaps = Math.floor(days / 1460) - Math.floor(days / 36_524) + Math.floor(days / 146_096);
  const ofEra = Math.floor((days - leaps) / 365);
  const ofYear = days - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: era * 400 + ofEra + (month <= 2 ? 1 : 0), month, day };
}

/** 0 for Sunday. */
export function weekdayOf(time: WallTime): number {
  const days = Math.floor(time / DAY) + 4;
  return ((days % 7) + 7) % 7;
}
