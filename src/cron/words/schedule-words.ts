import { durationText } from '../../model/duration-text.ts';
import type { CronSchedule } from '../cron-schedule.ts';
import type { ParsedFields } from '../extended/parsed-fields.ts';
import { cronstrueWords } from './cronstrue.ts';
import { dayWords } from './day-words.ts';
import { fieldText, valueWords } from './value-text.ts';
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

/** By cronstrue, unless one of the fields would be said as a step that it is not: `*` with a step of 7 is not every 7 minutes. */
function timeWords({ second, minute, hour }: WordFields): string {
  const texts = [fieldText(second, 0, 60), fieldText(minute, 0, 60), fieldText(hour, 0, 24)];
  if (texts.every((text) => text !== null)) return cronstrueWords(`${texts.join(' ')} * * *`);
  const seconds = second.length === 1 && second[0] === 0 ? [] : [unitWords(second, 'second', 60)];
  const units = [...seconds, unitWords(minute, 'minute', 60), unitWords(hour, 'hour', 24)];
  return `At ${units.join(' of ')}`;
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
