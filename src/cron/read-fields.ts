import type { CronField, CronFields } from './cron-schedule.ts';
import { BOUNDS, FIELD_NAMES } from './dialect.ts';
import type { FieldName } from './dialect.ts';
import { problemAt, splitFields } from './cron-text.ts';
import type { CronProblem, CronText } from './cron-text.ts';

export type ReadField =
  | { readonly field: CronField }
  | { readonly problems: readonly CronProblem[] };

/** The five fields of an expression, each read by its dialect; all problems at once. */
export function readFields(
  source: string,
  readField: (name: FieldName, text: CronText) => ReadField,
): { readonly fields: CronFields } | { readonly problems: readonly CronProblem[] } {
  const texts = splitFields(source);
  if (texts.length !== FIELD_NAMES.length) return { problems: [wrongCount(source, texts)] };
  const problems: CronProblem[] = [];
  const fields = { ...EMPTY };
  for (const [at, name] of FIELD_NAMES.entries()) {
    const text = texts[at];
    if (text === undefined) continue;
    const read = readField(name, text);
    if ('problems' in read) problems.push(...read.problems);
    else fields[name] = read.field;
  }
  const never = problems.length > 0 ? null : neverOf(fields, texts);
  if (never !== null) problems.push(never);
  return problems.length > 0 ? { problems } : { fields };
}

const NOTHING: CronField = { values: [], star: false };
const EMPTY: CronFields = {
  minute: NOTHING,
  hour: NOTHING,
  'day of month': NOTHING,
  month: NOTHING,
  'day of week': NOTHING,
};

function wrongCount(source: string, texts: readonly CronText[]): CronProblem {
  const names = FIELD_NAMES.join(', ');
  const count = texts.length === 1 ? '1 field' : `${texts.length} fields`;
  const whole = { text: source, column: 1 };
  if (texts.length === 0) return problemAt(whole, 'there is no schedule', `write ${names}`);
  const extra = texts[FIELD_NAMES.length];
  if (extra === undefined) return problemAt(whole, `it has ${count}, not 5`, `write ${names}`);
  const seconds = texts.length === 6 ? 'seconds are only in the dialect extended; ' : '';
  return problemAt(extra, `it has ${count}, not 5`, `${seconds}write ${names}`);
}

/** A field that holds nothing but separators is read as no value at all, and the schedule never fires. */
function neverOf(fields: CronFields, texts: readonly CronText[]): CronProblem | null {
  const at = FIELD_NAMES.findIndex((name) => fields[name].values.length === 0);
  const name = FIELD_NAMES[at];
  const text = texts[at];
  if (name === undefined || text === undefined) return null;
  const { first, last } = BOUNDS[name];
  return problemAt(text, `the ${name} has no value`, `write * or values from ${first} to ${last}`);
}

/** Of several parts of a list: their values together. */
export function joined(parts: readonly CronField[], star: boolean): CronField {
  const values = [...new Set(parts.flatMap((part) => part.values))];
  return { values: values.toSorted((a, b) => a - b), star };
}
