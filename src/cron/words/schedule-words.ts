import { durationText } from '../../model/duration-text.ts';
import type { CronSchedule } from '../cron-schedule.ts';
import type { ParsedFields } from '../extended/parsed-fields.ts';
import { cronstrueWords } from './cronstrue.ts';
import { dayWords } from './day-words.ts';
import { fieldText, listWords, valueWords } from './value-text.ts';
import { extendedWordFields, wordFieldsOf } from './word-fields.ts';
import type { WordFields } from './word-fields.ts';

const AT_MIDNIGHT = 'At 00:00, ';

export function ownWords(schedule: Exclude<CronSchedule, { readonly kind: 'extended' }>): string {
  switch (schedule.kind) {
    case 'calendar':
      return sentence(wordFieldsOf(schedule));
    case 'every':
      return `Every ${durationText(schedule.seconds * 1000)}, counted from the last time`;
    case 'reboot':
      return 'When cron starts with the machine';
    default:
      return schedule satisfies never;
  }
}

export function extendedWords(fields: ParsedFields): string {
  return sentence(extendedWordFields(fields));
}

function sentence(fields: WordFields): string {
  const parts = [timeWords(fields), dayWords(fields), monthWords(fields)];
  return parts.filter((part) => part !== '').join(', ');
}

/** So many times of a day are told one by one. */
const FEW = 4;

/**
 * By cronstrue, unless one of the fields would be said as a step that it is not: `*` with a step of 7 is not every 7 minutes. Nor where
 * hours are not told as a span: "at 0 and 30 minutes past the hour, at 02:00" is 02:00 and 02:30.
 */
function timeWords(fields: WordFields): string {
  const { second, minute, hour } = fields;
  const few = fewTimes(fields);
  if (few !== null) return `At ${listWords(few)}`;
  const texts = [fieldText(second, 0, 60), fieldText(minute, 0, 60), fieldText(hour, 0, 24)];
  if (texts.every((text) => text !== null)) {
    const words = cronstrueWords(`${texts.join(' ')} * * *`);
    const isSpan = hour.length === 24 || words.includes('between');
    const isOnce = second.length === 1 && minute.length === 1;
    const isOfHour = second.length === 1 || minute.length === 60;
    if (isOnce || (isSpan && (isOfHour || hour.length === 24))) return words;
  }
  const seconds = second.length === 1 && second[0] === 0 ? [] : [unitWords(second, 'second', 60)];
  const units = [...seconds, unitWords(minute, 'minute', 60), unitWords(hour, 'hour', 24)];
  return `At ${units.join(' of ')}`;
}

/** Null: they are many, or cronstrue says them well. */
function fewTimes({ second, minute, hour }: WordFields): readonly string[] | null {
  const isFew = minute.length * hour.length <= FEW && minute.length > 1;
  if (!isFew || second.length !== 1 || second[0] !== 0) return null;
  return hour.flatMap((one) => minute.map((past) => `${two(one)}:${two(past)}`));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function unitWords(values: readonly number[], unit: string, count: number): string {
  return values.length === count ? `every ${unit}` : valueWords(values, unit);
}

function monthWords({ month }: WordFields): string {
  if (month.length === 12) return '';
  // A list, as months with a step would be "every 3 months".
  const isRow = month.length > 2 && month.every((value, at) => value === (month[0] ?? 0) + at);
  const text = isRow ? `${month[0]}-${month.at(-1)}` : month.join(',');
  return cronstrueWords(`0 0 * ${text} *`).replace(AT_MIDNIGHT, '');
}
