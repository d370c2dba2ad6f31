import type { CronReading } from '../cron-schedule.ts';
import { problemAt, splitFields } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';
import { EXTENDED_FIELDS, longestMonth } from './extended-fields.ts';
import type { ExtendedField } from './extended-fields.ts';
import { readExtendedField } from './read-extended-field.ts';
import type { ExtendedFieldRead } from './read-extended-field.ts';
import { readExtendedWord } from './read-word.ts';

/** cron-parser takes no more. */
const LONGEST = 1024;
const NAMES = 'second (may be left out), minute, hour, day of month, month, day of week';

type Fields = ReadonlyMap<ExtendedField, ExtendedFieldRead>;

/**
 * A schedule as cron-parser 5.10.5 takes it, with guards in front: it takes no fields at all for every minute, and three for the last three.
 * What is taken here is taken there. `seed`: whose schedule it is, which `H` needs; null: nobody's.
 */
export function readExtended(source: string, seed: string | null): CronReading {
  if (source.length > LONGEST) {
    const place = { text: source.slice(LONGEST), column: LONGEST + 1 };
    return wrong(problemAt(place, `it has more than ${LONGEST} characters`));
  }
  if (source.trimStart().startsWith('@')) return readExtendedWord(source);
  const texts = splitFields(source);
  const count = texts.length;
  if (count !== 5 && count !== 6) return wrong(wrongCount(source, texts));
  const names = EXTENDED_FIELDS.slice(EXTENDED_FIELDS.length - count);
  const problems: CronProblem[] = [];
  const fields = new Map<ExtendedField, ExtendedFieldRead>();
  for (const [at, name] of names.entries()) {
    const read = readExtendedField(name, texts[at] ?? { text: '', column: 1 }, seed);
    if ('problems' in read) problems.push(...read.problems);
    else fields.set(name, read.read);
  }
  const day = texts[names.indexOf('day of month')];
  const never = problems.length > 0 || day === undefined ? null : noSuchDay(fields, day);
  if (never !== null) problems.push(never);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, schedule: { kind: 'extended', expression: source.trim(), seed: seed ?? '' } };
}

function wrongCount(source: string, texts: readonly CronText[]): CronProblem {
  const whole = { text: source, column: 1 };
  const help = `write ${NAMES}`;
  if (texts.length === 0) return problemAt(whole, 'there is no schedule', help);
  const fields = texts.length === 1 ? '1 field' : `${texts.length} fields`;
  const year = texts.length === 7 ? 'a year is of Quartz, and cron-parser has it not; ' : '';
  return problemAt(texts[6] ?? whole, `it has ${fields}, not 5 or 6`, `${year}${help}`);
}

/** cron-parser refuses a day that none of the months has, unless a day of the week is enough. */
function noSuchDay(fields: Fields, text: CronText): CronProblem | null {
  const days = fields.get('day of month')?.parts ?? [];
  const months = fields.get('month')?.parts.flatMap(({ values }) => values) ?? [];
  if (days.some(({ kind }) => kind === 'last')) return null;
  const hashed = days.some(({ kind }) => kind === 'hashed');
  const isHashedMonth = fields.get('month')?.parts.some(({ kind }) => kind === 'hashed') === true;
  if (!hashed && fields.get('day of week')?.star !== true) return null;
  const values = days.flatMap((part) => part.values);
  // Any of the hashed days, or months, may be the one.
  const day = hashed ? Math.max(...values) : Math.min(...values);
  if (
    fields.get('day of month')?.star === true ||
    day <= (isHashedMonth ? 29 : longestMonth(months))
  )
    return null;
  if (hashed) {
    return problemAt(text, `${text.text} may be a day that the month has not`, 'write H(1-28)');
  }
  return problemAt(text, `no such month has a day ${day}: it never fires`);
}

function wrong(problem: CronProblem): CronReading {
  return { ok: false, problems: [problem] };
}
