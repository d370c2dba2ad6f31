import { problemAt } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';
import { extendedBounds } from './extended-fields.ts';
import type { ExtendedField } from './extended-fields.ts';
import type { ReadPart } from './read-part.ts';

/**
 * `H`, `H(0-29)`, `H/15`, `H(0-29)/10`: values that follow from whose schedule it is. Null: it is none of them. Rule: cron-parser 5.10.5
 * #parseHashed, in its strict form: it clamps ranges and takes steps that are wider than them, and a list of several H it takes for one value
 * given twice.
 */
export function readHashed(
  field: ExtendedField,
  text: CronText,
  seed: string | null,
): ReadPart | null {
  if (!text.text.includes('H')) return null;
  const match = /^H(?:\((\d{1,9})-(\d{1,9})\))?(?:\/(\d{1,9}))?$/.exec(text.text);
  const help = 'write it alone: H, H(0-29), H/15 or H(0-29)/10';
  if (match === null)
    return wrong(text, `${JSON.stringify(text.text)} is no H of the ${field}`, help);
  // cron-parser would choose anew each time that it reads the expression.
  if (seed === null || seed === '') {
    const message = 'H is chosen by the key of an entry, and this schedule has none';
    return wrong(text, message, 'write a value');
  }
  const bounds = extendedBounds(field);
  const [, low, high, stepText] = match;
  const first = low === undefined ? bounds.first : Number(low);
  const last = high === undefined ? bounds.last : Number(high);
  if (first > last) return wrong(text, `${text.text} ends before it begins`);
  if (first < bounds.first || last > bounds.last) {
    const range = `the ${field} goes from ${bounds.first} to ${bounds.last}`;
    return wrong(text, `${text.text} is out of range: ${range}`);
  }
  const problem =
    stepText === undefined ? null : wrongStep(field, text, { first, last }, Number(stepText));
  if (problem !== null) return { problem };
  const values = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return { part: { values, kind: 'hashed' } };
}

/** Sunday as 0 and as 7 would be one day given twice, which cron-parser refuses. */
function wrongStep(
  field: ExtendedField,
  text: CronText,
  { first, last }: { readonly first: number; readonly last: number },
  step: number,
): CronProblem | null {
  if (step < 1) return problemAt(text, `${JSON.stringify(text.text)} has the step 0`);
  if (step > last - first + 1) {
    return problemAt(text, `the step of ${text.text} is wider than its range ${first}-${last}`);
  }
  const isTwice = field === 'day of week' && first === 0 && last === 7 && 7 % step === 0;
  return isTwice ? problemAt(text, `${text.text} has Sunday twice`, 'write H(0-6)') : null;
}

function wrong(
  text: CronText,
  message: string,
  help: string | null = null,
): { readonly problem: CronProblem } {
  return { problem: problemAt(text, message, help) };
}
