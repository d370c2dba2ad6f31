import { expect, it } from 'vitest';
import type { ItemKey } from '../../../../src/model/brand.ts';
import { readCrontabFile } from '../../../../src/kinds/crontab/crontab-file.ts';
import type { Crontab } from '../../../../src/kinds/crontab/crontab-file.ts';
import { proveEdit } from '../../../../src/kinds/crontab/prove-edit.ts';

const PATH = '/etc/cron.d/backup';
const FOREIGN = '# by hand\n17 * * * * root run-parts /etc/cron.hourly\n';
const DUMP = '0 3 * * * root /bin/dump';
const PRUNE = '@weekly root /bin/prune';

const job = (name: string, line: string): string => `# setpoint: job ${name}\n${line}\n`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function crontab(text: string): Crontab {
  const read = readCrontabFile({ exists: true, bytes: bytes(text), mode: 0 }, PATH);
  if (!read.ok) throw new Error('no crontab');
  return read.value;
}

/** Code of the refusal of an edit that made `text` where PRUNE was wanted beside what stood there, or `proved`. */
function proof(text: string): string {
  const wanted = new Map([['job:prune' as ItemKey, PRUNE]]);
  const result = proveEdit(crontab(FOREIGN + job('dump', DUMP)), bytes(text), wanted, PATH);
  return result.ok ? 'proved' : result.diagnostics.map(({ message }) => message).join();
}

it('an edit that made what was wanted, and nothing else, is proved', () => {
  expect(proof(FOREIGN + job('dump', DUMP) + job('prune', PRUNE))).toBe('proved');
});

it.each([
  [
    'a line of others is changed',
    FOREIGN.replace('17', '18') + job('dump', DUMP),
    'lines of others',
  ],
  ['a line of others is gone', job('dump', DUMP), 'lines of others'],
  ['one is added', `${FOREIGN}* * * * * root x\n${job('dump', DUMP)}`, 'lines of others'],
  ['another line of ours is changed', FOREIGN + job('dump', `${DUMP} -x`), 'job:dump'],
  ['another line of ours is gone', FOREIGN, 'job:dump'],
])('is refused where %s', (_, text, what) => {
  expect(proof(text + job('prune', PRUNE))).toContain(`could not be proved: ${what}`);
});

it.each([
  ['is not there', ''],
  ['is another one', job('prune', `${PRUNE} --all`)],
])('is refused where the wanted line %s', (_, line) => {
  expect(proof(FOREIGN + job('dump', DUMP) + line)).toContain('could not be proved: job:prune');
});
