import type { DayField, WordFields } from './word-fields.ts';
import { listWords, valueWords } from './value-text.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const NTH = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

/**
 * On which days; empty: every day. In our own words, as cronstrue says "on day 1 of the month, and on Monday" whether a dialect means both
 * or either of them.
 */
export function dayWords({ dayOfMonth, dayOfWeek, days }: WordFields): string {
  const ofMonth = monthDays(dayOfMonth);
  const ofWeek = `on ${weekDays(dayOfWeek, 'and')}`;
  if (days === 'either') {
    return dayOfMonth.every || dayOfWeek.every ? '' : `${ofMonth} or ${ofWeek}`;
  }
  if (dayOfWeek.every) return dayOfMonth.every ? '' : ofMonth;
  return dayOfMonth.every ? ofWeek : `${ofMonth} if that is ${weekDays(dayOfWeek, 'or')}`;
}

function monthDays({ values, last }: DayField): string {
  const known = values.length === 0 ? [] : [`on ${valueWords(values, 'day')} of the month`];
  return listWords([...known, ...(last.length === 0 ? [] : ['on the last day of the month'])]);
}

function weekDays({ values, last, nth }: DayField, joint: 'and' | 'or'): string {
  if (nth > 0) return `the ${NTH[nth] ?? ''} ${values.map(nameOf).join('')} of the month`;
  const lasts = last.map((day) => `the last ${nameOf(day)} of the month`);
  const range = lasts.length === 0 ? rangeWords(values) : null;
  return range ?? listWords([...values.map(nameOf), ...lasts], joint);
}

/** Three days and more in a row, with Sunday at either end of the week. */
function rangeWords(values: readonly number[]): string | null {
  const week = values.includes(0) && values.includes(6) ? [...values.slice(1), 7] : values;
  const [first = 0] = week;
  const last = week.at(-1) ?? first;
  const isRow = week.every((day, at) => day === first + at);
  return week.length > 2 && isRow ? `${nameOf(first)} through ${nameOf(last)}` : null;
}

function nameOf(day: number): string {
  return DAYS[day % 7] ?? '';
}
