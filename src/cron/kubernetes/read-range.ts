import { BOUNDS, namedValue } from '../dialect.ts';
import type { Bounds, FieldName } from '../dialect.ts';
import { problemAt, splitAt, theField } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';

export interface CronRange {
  readonly values: readonly number[];
  readonly star: boolean;
}

type Read<Value> = { readonly value: Value } | { readonly problem: CronProblem };

/**
 * `*`, `?`, `4`, `1-5`, each with `/step`. Rule: robfig/cron v3.0.1 parser.go getRange, which takes `5/15` for `5-59/15`, a step beyond
 * the range for its first value, and a sign before a number. Stricter in one: `*-5`, which it takes for `*`, is refused.
 */
export function readRange(field: FieldName, expression: CronText): Read<CronRange> {
  const [range = expression, step, ...more] = splitAt(expression, '/');
  if (more.length > 0) return wrong(expression, 'has more than one slash');
  const bounds = BOUNDS[field];
  const span = readSpan(field, range, step !== undefined);
  if ('problem' in span) return span;
  const by = step === undefined ? { value: 1 } : readNumber(step, `the step of ${theField(field)}`);
  if ('problem' in by) return by;
  if (step !== undefined && by.value === 0) return wrong(step, 'is no step: it takes 1 or more');
  const { first, last, star } = span.value;
  const outside = outsideOf(field, bounds, expression, { first, last });
  if (outside !== null) return { problem: outside };
  return { value: { values: valuesOf(first, last, by.value), star: star && by.value === 1 } };
}

interface Span extends Bounds {
  readonly star: boolean;
}

function readSpan(field: FieldName, range: CronText, hasStep: boolean): Read<Span> {
  const [low = range, high, ...more] = splitAt(range, '-');
  if (more.length > 0) return wrong(range, 'has more than one hyphen');
  if (low.text === '*' || low.text === '?') {
    if (high !== undefined) return wrong(range, `is no range: ${low.text} has no end`);
    return { value: { ...BOUNDS[field], star: true } };
  }
  const first = readValue(field, low);
  if ('problem' in first) return first;
  if (high === undefined) {
    const last = hasStep ? BOUNDS[field].last : first.value;
    return { value: { first: first.value, last, star: false } };
  }
  const last = readValue(field, high);
  if ('problem' in last) return last;
  return { value: { first: first.value, last: last.value, star: false } };
}

function outsideOf(
  field: FieldName,
  { first, last }: Bounds,
  expression: CronText,
  given: Bounds,
): CronProblem | null {
  const range = `${theField(field)} goes from ${first} to ${last}`;
  const sunday = field === 'day of week' && given.last === 7;
  if (given.first < first || given.last > last) {
    return problemAt(
      expression,
      `${expression.text} is out of range: ${range}`,
      sunday ? 'Sunday is 0 here' : null,
    );
  }
  if (given.first <= given.last) return null;
  return problemAt(
    expression,
    `${expression.text} ends before it begins`,
    'write it as two ranges',
  );
}

function readValue(field: FieldName, piece: CronText): Read<number> {
  const named = namedValue(field, piece.text);
  return named === null ? readNumber(piece, theField(field)) : { value: named };
}

/** As Go's strconv.Atoi, of what is not negative. */
function readNumber(piece: CronText, what: string): Read<number> {
  if (!/^\+?\d{1,9}$/.test(piece.text)) {
    return wrong(piece, `is no value of ${what}`);
  }
  return { value: Number(piece.text) };
}

function wrong(piece: CronText, what: string): { readonly problem: CronProblem } {
  return { problem: problemAt(piece, `${JSON.stringify(piece.text)} ${what}`) };
}

function valuesOf(first: number, last: number, step: number): readonly number[] {
  const count = Math.floor((last - first) / step) + 1;
  return Array.from({ length: count }, (_, at) => first + at * step);
}
