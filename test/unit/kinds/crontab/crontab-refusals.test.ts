import { describe, expect, it } from 'vitest';
import type { Result } from '../../../../src/diagnostics/diagnostic.ts';
import type { HostPath } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { CrontabSpec } from '../../../../src/model/plan-file.ts';
import { systemPlaceProblem } from '../../../../src/kinds/crontab/cron-places.ts';
import { watchedDirectory } from '../../../../src/kinds/watched.ts';
import {
  ABSENT,
  applied,
  crontab,
  image,
  job,
  judged,
  keysOf,
  released,
  spec,
  textOf,
} from './crontab-rig.ts';

const dump = spec({ dump: job('/bin/dump') });
const both = spec({ dump: job('/bin/dump') }, { MAILTO: 'root' });
const DUMP = '# setpoint: job dump\n0 3 * * * root /bin/dump\n';
const MAIL = '# setpoint: env MAILTO\nMAILTO=root\n';
const OTHER = '1 * * * * root other\n';

function codes(result: Result<FileImage>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

describe('a crontab is refused', () => {
  it.each<[string, string, CrontabSpec, string]>([
    ['carriage returns', '# a\r\n', dump, 'SP2254'],
    ['a NUL byte', 'a\0b\n', dump, 'SP2254'],
    ['a marker twice', DUMP + DUMP, dump, 'SP2254'],
    ['a last job without end', '1 * * * * root x', dump, 'SP2255'],
    ['a last setting without end', 'A=1', dump, 'SP2255'],
    ['a setting above a job of somebody else', DUMP + OTHER, both, 'SP2257'],
    [
      'another value above a job of somebody else',
      MAIL + DUMP + OTHER,
      { ...both, environment: { MAILTO: 'ops' } },
      'SP2257',
    ],
    ['a line break in a command', '', spec({ d: job('a\nb') }), 'SP2251'],
    ['a blank in front of a command', '', spec({ d: job(' a') }), 'SP2251'],
    ['a command of 999 bytes', '', spec({ d: job('x'.repeat(999)) }), 'SP2251'],
    [
      'a command that is too long with its escapes',
      '',
      spec({ d: job('%'.repeat(500)) }),
      'SP2251',
    ],
    ['an escaped percent sign', '', spec({ d: job('date +\\%F') }), 'SP2251'],
    ['a * in front of a command of a user', '', spec({ d: job('*x', '@daily', null) }), 'SP2251'],
    ['a user with a blank', '', spec({ d: job('x', '@daily', 'a b') }), 'SP2251'],
    ['a user that leads elsewhere', '', spec({ d: job('x', '@daily', '../x') }), 'SP2251'],
    ['a schedule with seconds', '', spec({ d: job('x', '0 0 3 * * *') }), 'SP2250'],
    ['a schedule with a strange blank', '', spec({ d: job('x', '0\u00A03 * * *') }), 'SP2250'],
    ['a value with both quotes at its ends', '', spec({}, { A: '"\' ' }), 'SP2252'],
    ['a value that is too long', '', spec({}, { A: 'x'.repeat(997) }), 'SP2252'],
    ['LOGNAME', '', spec({}, { LOGNAME: 'x' }), 'SP2252'],
  ])('for %s', (_name, before, wanted, code) => {
    expect(codes(applied(wanted, image(before)))).toEqual([code]);
  });

  it('never for a command and a value of the greatest length', () => {
    expect(
      codes(applied(spec({ d: job('x'.repeat(998)) }, { A: 'x'.repeat(996) }), ABSENT)),
    ).toEqual([]);
  });

  it('with the column of each part of a schedule', () => {
    const items = crontab.desired(spec({ d: job('x', '61 3 * foo *') }), ABSENT, '/x' as HostPath);
    const told = items.ok ? [] : items.diagnostics.map(({ message }) => message);
    expect(told).toHaveLength(2);
    expect(told.map((message) => /column \d+/.exec(message)?.[0])).toEqual([
      'column 1',
      'column 8',
    ]);
  });
});

describe('what cron would make of it', () => {
  it.each<[string, FileImage, CrontabSpec, readonly string[]]>([
    ['nothing to say', image(OTHER + MAIL + DUMP), both, []],
    ['writable to the group', image(DUMP, 0o664), dump, ['SP2256']],
    ['of a user, readable to others', image(DUMP, 0o644), { ...dump, owner: 'a' }, ['SP2256']],
    ['of a user, as it has to be', image(DUMP, 0o600), { ...dump, owner: 'a' }, []],
    ['no end', image(DUMP.trimEnd()), dump, ['SP2255']],
    ['too many lines', image('#\n'.repeat(9999) + DUMP), dump, ['SP2263']],
    ['a line of others that stops all', image(`x y\n${DUMP}`), dump, ['SP2262']],
    ['the same line of others', image(`0 3  * * * root /bin/dump\n${DUMP}`), dump, ['SP2259']],
    ['a job of others below our setting', image(MAIL + DUMP + OTHER), both, ['SP2258']],
    ['a setting of others above our job', image(`${MAIL}MAILTO=x\n${DUMP}`), both, ['SP2258']],
  ])('%s', (_name, file, wanted, expected) => {
    expect(judged(wanted, file).map(({ code }) => code)).toEqual(expected);
  });

  it('is told with line and column', () => {
    const [problem] = judged(dump, image(`#\n  61 * * * * root x\n${DUMP}`));
    expect(problem?.at).toEqual({ file: '/etc/cron.d/backup', line: 2, column: 3 });
  });

  it('is not told for each of ten thousand lines', () => {
    expect(judged(dump, image('x\n'.repeat(9000) + DUMP))).toHaveLength(10);
  });

  it('of a user without a crontab: it would not be theirs', () => {
    const owned = { ...dump, owner: 'postgres' };
    expect(judged(owned, image(DUMP), ABSENT).map(({ code }) => code)).toEqual(['SP2264']);
  });
});

describe('a job that somebody put below our setting', () => {
  it('does not keep the setting from being taken back: that is told', () => {
    const now = image(MAIL + DUMP + OTHER);
    expect(textOf(released(keysOf(both), { now, original: ABSENT }))).toBe(OTHER);
  });
});

describe('names', () => {
  it.each([
    ['/etc/crontab', null],
    ['/etc/cron.d/backup_2-A', null],
    ['/etc/cron.d/backup.cron', 'cron ignores a file of the name backup.cron'],
    ['/etc/cron.d/.hidden', 'cron ignores a file of the name .hidden'],
    ['/etc/cron.d/a~', 'cron ignores a file of the name a~'],
    ['/etc/cron.d/a/b', 'cron reads no crontab at /etc/cron.d/a/b'],
    ['/etc/cron.daily/backup', 'cron reads no crontab at /etc/cron.daily/backup'],
    ['/var/spool/cron/crontabs/root', 'cron reads no crontab at /var/spool/cron/crontabs/root'],
  ])('%s', (path, message) => {
    expect(systemPlaceProblem(path)?.message ?? null).toBe(message);
  });

  it('of staged files never stand where cron would read them', () => {
    const watched = ['/etc/cron.d/a', '/var/spool/cron/crontabs/a', '/etc/crontab'] as HostPath[];
    expect(watched.map(watchedDirectory)).toEqual([true, true, false]);
  });
});
