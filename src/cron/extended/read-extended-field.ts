import { problemAt, splitAt } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';
import type { ExtendedField } from './extended-fields.ts';
import { readHashed } from './read-hashed.ts';
import { readPart } from './read-part.ts';
import type { ExtendedPart } from './read-part.ts';

/** What a field is made of: its parts, and whether it is `*` or `?`. */
export interface ExtendedFieldRead {
  readonly parts: readonly ExtendedPart[];
  readonly star: boolean;
}

/** A list of parts, none of which has a value of another, which cron-parser refuses; all problems at once. */
export function readExtendedField(
  field: ExtendedField,
  text: CronText,
  seed: string | null,
): { readonly read: ExtendedFieldRead } | { readonly problems: readonly CronProblem[] } {
  const hashed = readHashed(field, text, seed);
  if (hashed !== null) {
    if ('problem' in hashed) return { problems: [hashed.problem] };
    return { read: { parts: [hashed.part], star: false } };
  }
  const parts: ExtendedPart[] = [];
  const problems: CronProblem[] = [];
  const pieces = splitAt(text, ',');
  for (const piece of pieces) {
    const read = readPart(field, piece);
    const problem =
      'problem' in read ? read.problem : twice(piece, read.part, parts, pieces.length);
    if (problem !== null) problems.push(problem);
    else if ('part' in read) parts.push(read.part);
  }
  if (problems.length > 0) return { problems };
  return { read: { parts, star: text.text === '*' || text.text === '?' } };
}

function twice(
  piece: CronText,
  part: ExtendedPart,
  before: readonly ExtendedPart[],
  count: number,
): CronProblem | null {
  if (part.kind === 'nth' && count > 1) {
    const message = `${JSON.stringify(piece.text)} stands in a list, which cron-parser does not take`;
    return problemAt(piece, message, 'make it a schedule of its own');
  }
  const same = before.filter(({ kind }) => kind === part.kind);
  const known = new Set(same.flatMap(({ values }) => values));
  const again = part.values.find((value) => known.has(value));
  if (
    again === undefined &&
    !(part.kind === 'last' && part.values.length === 0 && same.length > 0)
  ) {
    return null;
  }
  const message = `${JSON.stringify(piece.text)} has a value that stands before it, too`;
  return problemAt(piece, message, 'cron-parser takes each value once');
}
