/** Startup time: libraries for schedules are loaded by one leaf each, and leaves only when they are needed. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SRC = new URL('../../../src/', import.meta.url);

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, SRC), 'utf8') }));

function importing(pattern: RegExp): readonly string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
}

it.each([
  ['cron-parser', 'cron/extended/cron-parser.ts', /\bfrom '(?:\.[^']*)?\/cron-parser\.ts'/],
  ['cronstrue', 'cron/words/cronstrue.ts', /\bfrom '(?:\.[^']*)?\/schedule-words\.ts'/],
])(
  '%s is imported by one file, which is imported when it is needed',
  (library, leaf, statically) => {
    expect(importing(new RegExp(`from '${library}'|import\\('${library}'\\)`))).toEqual([leaf]);
    expect(importing(statically)).toEqual([]);
  },
);
