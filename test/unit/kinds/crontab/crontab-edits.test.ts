import { describe, expect, it } from 'vitest';
import type { CrontabSpec } from '../../../../src/model/plan-file.ts';
import {
  ABSENT,
  applied,
  good,
  image,
  job,
  keysOf,
  released,
  spec,
  textOf,
} from './crontab-rig.ts';

const DUMP = '# setpoint: job dump\n0 3 * * * root /bin/dump\n';
const MAIL = '# setpoint: env MAILTO\nMAILTO=root\n';

interface Row {
  readonly name: string;
  readonly before: string | null;
  readonly wanted: CrontabSpec;
  readonly after: string | null;
  /** What a release of everything leaves, where markers stood there before; else the bytes from before. */
  readonly back?: string;
}

const dump = spec({ dump: job('/bin/dump') });
const both = spec({ dump: job('/bin/dump') }, { MAILTO: 'root' });

const ROWS: readonly Row[] = [
  { name: 'no file', before: null, wanted: dump, after: DUMP },
  { name: 'no file, settings first', before: null, wanted: both, after: MAIL + DUMP },
  { name: 'no file and nothing wanted', before: null, wanted: spec({ dump: null }), after: null },
  { name: 'an empty file', before: '', wanted: dump, after: DUMP },
  {
    name: 'below lines of others',
    before: 'A=1\n1 * * * * root x\n',
    wanted: both,
    after: `A=1\n1 * * * * root x\n${MAIL}${DUMP}`,
  },
  { name: 'a last comment without end', before: '# end', wanted: dump, after: `# end\n${DUMP}` },
  {
    name: 'bytes that are no UTF-8',
    before: '# \xFF\xFE\n',
    wanted: dump,
    after: `# \xFF\xFE\n${DUMP}`,
  },
  {
    name: 'other text of a job',
    before: `# a\n${DUMP.replace('/bin/dump', 'old')}# b\n`,
    wanted: dump,
    after: `# a\n${DUMP}# b\n`,
  },
  {
    name: 'other blanks are the same job',
    before: DUMP.replaceAll('* * *', '*\t *  *'),
    wanted: dump,
    after: DUMP.replaceAll('* * *', '*\t *  *'),
  },
  {
    name: 'a job that must not be there',
    before: `# a\n${DUMP}# b\n`,
    wanted: spec({ dump: null }),
    after: '# a\n# b\n',
    back: `# a\n# b\n${DUMP}`,
  },
  {
    name: 'a second job below the first',
    before: `${DUMP}# b\n`,
    wanted: spec({ dump: job('/bin/dump'), more: job('y') }),
    after: `${DUMP}# setpoint: job more\n0 3 * * * root y\n# b\n`,
  },
  {
    name: 'a setting above jobs that are there',
    before: `# a\n${DUMP}`,
    wanted: both,
    after: `# a\n${MAIL}${DUMP}`,
  },
  {
    name: 'a marker whose line is gone',
    before: '# setpoint: job dump\n# gone\n',
    wanted: dump,
    after: `${DUMP}# gone\n`,
    back: '# gone\n',
  },
  {
    name: 'a line of ours that lost its end',
    before: DUMP.trimEnd(),
    wanted: spec({ dump: job('/bin/dump'), b: job('y') }),
    after: `${DUMP}# setpoint: job b\n0 3 * * * root y\n`,
    back: DUMP,
  },
  {
    name: 'the same line without a marker is not taken over',
    before: '0 3 * * * root /bin/dump\n',
    wanted: dump,
    after: `0 3 * * * root /bin/dump\n${DUMP}`,
  },
  {
    name: 'percent signs',
    before: null,
    wanted: spec({ d: job('date +%F \\\\x') }),
    after: '# setpoint: job d\n0 3 * * * root date +\\%F \\\\\\x\n',
  },
  {
    name: 'percent signs left alone',
    before: null,
    wanted: spec({ d: job('cat%a\\%b') }, {}, { escapePercent: false }),
    after: '# setpoint: job d\n0 3 * * * root cat%a\\%b\n',
  },
  {
    name: 'a word, in the crontab of a user',
    before: '',
    wanted: spec({ d: job('x', '@daily', null) }, {}, { owner: 'postgres' }),
    after: '# setpoint: job d\n@daily x\n',
  },
  {
    name: 'values that need quotes',
    before: null,
    wanted: spec({}, { A: '', B: ' x', C: 'x ', D: '"q"', E: "it's", F: "'q'" }),
    after:
      '# setpoint: env A\nA=""\n# setpoint: env B\nB=" x"\n# setpoint: env C\nC="\'x \'"\n# setpoint: env D\nD=\'""q""\'\n# setpoint: env E\nE=it\'s\n# setpoint: env F\nF="\'\'q\'\'"\n',
  },
];

describe('a crontab', () => {
  it.each(ROWS)('$name', ({ before, wanted, after, back }) => {
    const original = before === null ? ABSENT : image(before);
    const now = good(applied(wanted, original));
    expect(textOf(now)).toBe(after);
    expect(good(applied(wanted, now))).toBe(now);
    expect(textOf(released(keysOf(wanted), { now, original }))).toBe(back ?? before);
  });

  it('of a new file may be written to by its owner alone', () => {
    expect(good(applied(dump, ABSENT))).toMatchObject({ mode: 0o644 });
  });
});
