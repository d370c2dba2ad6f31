import { dayRule } from '../cron-schedule.ts';
import type { CalendarSchedule } from '../cron-schedule.ts';
import { numbersOf } from '../extended/parsed-fields.ts';
import type { ParsedField, ParsedFields } from '../extended/parsed-fields.ts';

/** The days of a month or week that a field has. */
export interface DayField {
  readonly values: readonly number[];
  /** Every day. */
  readonly every: boolean;
  /** Of the month: its last day. Of the week: days whose last one in the month is meant. */
  readonly last: readonly number[];
  /** Which one in the month; 0: each. */
  readonly nth: number;
}

/** What a schedule means, whatever its dialect: values, and how the days go together. */
export interface WordFields {
  readonly second: readonly number[];
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly month: readonly number[];
  readonly dayOfMonth: DayField;
  readonly dayOfWeek: DayField;
  readonly days: 'both' | 'either';
}

export function wordFieldsOf({ fields }: CalendarSchedule): WordFields {
  return {
    second: [0],
    minute: fields.minute.values,
    hour: fields.hour.values,
    month: fields.month.values,
    dayOfMonth: plain(fields['day of month'].values, 31),
    dayOfWeek: plain(fields['day of week'].values, 7),
    days: dayRule(fields),
  };
}

export function extendedWordFields(fields: ParsedFields): WordFields {
  const { dayOfMonth, dayOfWeek, nth } = fields;
  const last = dayOfMonth.values.includes('L') ? [0] : [];
  const week = [...new Set(numbersOf(dayOfWeek).map((day) => day % 7))].toSorted((a, b) => a - b);
  const lasts = dayOfWeek.values.filter((value) => typeof value === 'string');
  return {
    second: numbersOf(fields.second),
    minute: numbersOf(fields.minute),
    hour: numbersOf(fields.hour),
    month: numbersOf(fields.month),
    dayOfMonth: { ...plain(numbersOf(dayOfMonth), 31), last },
    dayOfWeek: {
      values: week,
      every: week.length === 7 && nth === 0,
      last: lasts.map((value) => Number(value[0]) % 7),
      nth,
    },
    days: isStar(dayOfMonth) || isStar(dayOfWeek) ? 'both' : 'either',
  };
}

function isStar({ star }: ParsedField): boolean {
  return star;
}

function plain(values: readonly number[], all: number): DayField {
  return { values, every: values.length === all, last: [], nth: 0 };
}
