import type { CronReading } from '../cron-schedule.ts';
import { problemAt } from '../cron-text.ts';

/** The words of cron-parser 5.10.5 (PredefinedExpressions). */
const WORDS = [
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@hourly',
  '@minutely',
  '@secondly',
  '@weekdays',
  '@weekends',
];

/** What other dialects have, and what to write for it. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^@midnight$/, 'write @daily'],
  [/^@every\b/, 'a distance is of the dialect kubernetes; write a step, such as */30 * * * *'],
  [/^@reboot$/, 'the start of the machine is of the dialect crontab'],
];

export function readExtendedWord(source: string): CronReading {
  const word = source.trim();
  // With blanks around it, it is a field to cron-parser.
  if (WORDS.includes(source)) {
    return { ok: true, schedule: { kind: 'extended', expression: source, seed: '' } };
  }
  const place = { text: word, column: source.indexOf('@') + 1 };
  const other = OTHERS.find(([pattern]) => pattern.test(word))?.[1];
  const help =
    other ?? `it takes ${WORDS.join(', ')}${WORDS.includes(word) ? ', without blanks' : ''}`;
  const message = `${JSON.stringify(word)} is no word of cron-parser`;
  return { ok: false, problems: [problemAt(place, message, help)] };
}
