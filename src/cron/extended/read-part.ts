import { namedValue } from '../dialect.ts';
import { problemAt } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';
import { extendedBounds, isCalendarField } from './extended-fields.ts';
import type { ExtendedField } from './extended-fields.ts';

/** One part of a list. `hashed`: one value or several of `values`, which the seed tells. */
export interface ExtendedPart {
  readonly values: readonly number[];
  readonly kind: 'values' | 'hashed' | 'last' | 'nth';
}

export type ReadPart = { readonly part: ExtendedPart } | { readonly problem: CronProblem };

const RANGE = /^(?:[*?]|([A-Za-z]+|\d+)(?:-([A-Za-z]+|\d+))?)(?:\/(\d+))?$/;

/**
 * `*`, `?`, `4`, `1-5`, each with a step, and what only some fields have: `L`, `5L`, `1#2`; names as three letters. Rule:
 * cron-parser 5.10.5, CronExpressionParser #parseField to #parseRange. Each part that is taken here is taken there.
 */
export function readPart(field: ExtendedField, piece: CronText): ReadPart {
  const special = readLast(field, piece) ?? readNth(field, piece);
  if (special !== null) return special;
  const match = RANGE.exec(piece.text);
  if (match === null) return { problem: notTaken(field, piece) };
  const [, low, high, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step === 0) return wrong(piece, `${quoted(piece)} has the step 0`, 'it takes 1 or more');
  const { first, last } = extendedBounds(field);
  if (low === undefined) return values(field, first, last, step);
  const from = valueOf(field, low);
  const to = high === undefined ? from : valueOf(field, high);
  if (from === null || to === null) return { problem: notTaken(field, piece) };
  const end = high === undefined && stepText !== undefined ? last : to;
  if ([from, end].some((value) => value < first || value > last)) {
    return wrong(
      piece,
      `${piece.text} is out of range: the ${field} goes from ${first} to ${last}`,
    );
  }
  if (from > end) {
    return wrong(piece, `${piece.text} ends before it begins`, 'write it as two ranges');
  }
  return values(field, from, end, step);
}

/** The last day of the month, or the last Friday of it. */
function readLast(field: ExtendedField, piece: CronText): ReadPart | null {
  if (field === 'day of month' && piece.text === 'L') {
    return { part: { values: [], kind: 'last' } };
  }
  if (field !== 'day of week' || !piece.text.endsWith('L')) return null;
  const day = valueOf(field, piece.text.slice(0, -1));
  if (day !== null && day <= 7) return { part: { values: [day % 7], kind: 'last' } };
  const help = 'write 5L for the last Friday of the month, 6 for Saturdays';
  return wrong(piece, `${quoted(piece)} does not say which day`, help);
}

function readNth(field: ExtendedField, piece: CronText): ReadPart | null {
  if (field !== 'day of week' || !piece.text.includes('#')) return null;
  const [, name = '', nth = ''] = /^(\w+)#(\d+)$/.exec(piece.text) ?? [];
  const day = valueOf(field, name);
  if (day !== null && day <= 7 && Number(nth) >= 1 && Number(nth) <= 5) {
    return { part: { values: [day % 7], kind: 'nth' } };
  }
  const help = 'write 1#2 for the second Monday of the month; there are five at most';
  return wrong(piece, `${quoted(piece)} names no day of the month`, help);
}

function valueOf(field: ExtendedField, text: string): number | null {
  const named = isCalendarField(field) ? namedValue(field, text) : null;
  return named ?? (/^\d{1,9}$/.test(text) ? Number(text) : null);
}

function values(field: ExtendedField, first: number, last: number, step: number): ReadPart {
  const count = Math.floor((last - first) / step) + 1;
  const all = Array.from({ length: count }, (_, at) => first + at * step);
  const found = field === 'day of week' ? [...new Set(all.map((day) => day % 7))] : all;
  return { part: { values: found, kind: 'values' } };
}

function notTaken(field: ExtendedField, piece: CronText): CronProblem {
  return problemAt(piece, `${quoted(piece)} is no value of the ${field}`, helpOf(piece.text));
}

/** What other dialects have, and what has its place in other fields. */
function helpOf(text: string): string | null {
  if (text === '') return 'take the comma away';
  if (text.includes('W')) return 'the nearest weekday (W) is of Quartz, and cron-parser has it not';
  if (text.includes('#')) return 'that is of the day of week only';
  if (text.includes('L')) return 'it takes L as day of month and 5L as day of week';
  return text.startsWith('+') ? 'leave the sign out' : null;
}

function quoted({ text }: CronText): string {
  return JSON.stringify(text);
}

function wrong(
  piece: CronText,
  message: string,
  help: string | null = null,
): { readonly problem: CronProblem } {
  return { problem: problemAt(piece, message, help) };
}
