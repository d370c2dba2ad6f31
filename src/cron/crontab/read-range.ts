import { BOUNDS, namedValue } from '../dialect.ts';
import type { Bounds, FieldName } from '../dialect.ts';
import { problemAt, theField } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';

type Read = { readonly values: readonly number[] } | { readonly problem: CronProblem };

const PART = /^(?:\*|([A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?)(?:\/(\d+))?/;

/**
 * `*`, `*` with a step, `4`, `1-5`, `1-5/2`. Rule: cron 3.0pl1-162 of Debian, entry.c get_range, which takes names in ranges, too (crontab(5) says
 * that it does not). Stricter where that cron goes on without a word: it skips what stands behind a part, and takes a range that ends
 * before it begins for no value at all.
 */
export function readRange(field: FieldName, part: CronText): Read {
  const match = PART.exec(part.text);
  if (match === null) return wrong(part, `is no value of ${theField(field)}`, helpOf(part.text));
  const [read, low, high, step] = match;
  const rest = part.text.slice(read.length);
  if (rest !== '') return leftOver(part, read, rest);
  if (low !== undefined && high === undefined && step !== undefined) {
    const help = `write ${low}-${BOUNDS[field].last}/${step}`;
    return wrong(part, 'has a step and no range, which cron refuses', help);
  }
  const span = readSpan(field, part, low, high);
  if ('problem' in span) return span;
  const by = step === undefined ? 1 : Number(step);
  if (by === 0) return wrong(part, 'has the step 0', 'it takes 1 or more');
  return { values: valuesOf(field, span.value, by) };
}

function readSpan(
  field: FieldName,
  part: CronText,
  low: string | undefined,
  high: string | undefined,
): { readonly value: Bounds } | { readonly problem: CronProblem } {
  const bounds = boundsOf(field);
  if (low === undefined) return { value: bounds };
  const first = valueOf(field, low);
  const last = high === undefined ? first : valueOf(field, high);
  if (first === null || last === null) return wrong(part, `is no value of ${theField(field)}`);
  if ([first, last].some((value) => value < bounds.first || value > bounds.last)) {
    const range = `${theField(field)} goes from ${bounds.first} to ${bounds.last}`;
    return { problem: problemAt(part, `${part.text} is out of range: ${range}`) };
  }
  if (first <= last) return { value: { first, last } };
  const message = `${part.text} ends before it begins, and cron takes it for never`;
  return { problem: problemAt(part, message, 'write it as two ranges') };
}

/** Sunday is 0 and 7. */
function boundsOf(field: FieldName): Bounds {
  return field === 'day of week' ? { first: 0, last: 7 } : BOUNDS[field];
}

function valueOf(field: FieldName, text: string): number | null {
  return namedValue(field, text) ?? (/^\d{1,9}$/.test(text) ? Number(text) : null);
}

function valuesOf(field: FieldName, { first, last }: Bounds, step: number): readonly number[] {
  const count = Math.floor((last - first) / step) + 1;
  const values = Array.from({ length: count }, (_, at) => first + at * step);
  return field === 'day of week' ? values.map((value) => value % 7) : values;
}

function leftOver(part: CronText, read: string, rest: string): Read {
  const message = `cron stops behind ${read} and skips ${JSON.stringify(rest)}`;
  const place = { text: rest, column: part.column + read.length };
  return { problem: problemAt(place, message, helpOf(rest)) };
}

/** What other dialects have. */
function helpOf(text: string): string | null {
  if (text === '') return 'take the comma away';
  if (text.includes('?')) return 'write * for ?';
  return /[L#W]|^H/.test(text) ? 'that is of the dialect extended, or of Quartz' : null;
}

function wrong(
  part: CronText,
  what: string,
  help: string | null = null,
): { readonly problem: CronProblem } {
  return { problem: problemAt(part, `${JSON.stringify(part.text)} ${what}`, help) };
}
