import type { Dialect } from '../../../../src/cron/dialect.ts';

/** A file that must be refused, with the code and place that are told first. */
export interface InvalidFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly dialect?: Dialect;
  /** `SP2220 3:5`; without a place where there is none. */
  readonly told: string;
  readonly json?: boolean;
}

const file = (entries: string): string => `version: "1.0.0"\nschedules:\n${entries}`;
const cron = (schedule: string): string => file(`  - skill_name: a\n    schedule: ${schedule}\n`);
const more = (line: string): string => `${cron('"0 3 * * *"')}${line}\n`;
const named = (name: string): string =>
  file(`  - skill_name: ${name}\n    schedule: "0 3 * * *"\n`);

const FORM: readonly InvalidFile[] = [
  { name: 'no version', content: 'schedules: []\n', told: 'SP2220 1:1' },
  { name: 'no schedules', content: 'version: "1.0.0"\n', told: 'SP2220 1:1' },
  {
    name: 'an entry without name',
    content: file('  - schedule: "0 3 * * *"\n'),
    told: 'SP2220 3:5',
  },
  { name: 'an entry without schedule', content: file('  - skill_name: a\n'), told: 'SP2220 3:5' },
  {
    name: 'a version that is none',
    content: 'version: "1.0"\nschedules: []\n',
    told: 'SP2223 1:10',
  },
  { name: 'a version as number', content: 'version: 1.0\nschedules: []\n', told: 'SP2222 1:10' },
  {
    name: 'a mapping of schedules',
    content: file('  a: {schedule: "0 3 * * *"}\n'),
    told: 'SP2222 3:3',
  },
  { name: 'an entry that is a text', content: file('  - "0 3 * * *"\n'), told: 'SP2222 3:5' },
  { name: 'an unknown key', content: more('    enable: true'), told: 'SP2221 5:5' },
  { name: 'an unknown key at the top', content: more('extra: 1'), told: 'SP2221 5:1' },
  { name: 'an unknown setting', content: more('global: {tz: UTC}'), told: 'SP2221 5:10' },
  { name: 'params as a list', content: more('    params: [1]'), told: 'SP2228 5:13' },
  { name: 'params as a text', content: more("    params: '{}'"), told: 'SP2228 5:13' },
  { name: 'enabled as a text', content: more('    enabled: "yes"'), told: 'SP2222 5:14' },
  { name: 'tags as a text', content: more('    tags: nightly'), told: 'SP2222 5:11' },
  { name: 'a tag that is a number', content: more('    tags: [a, 5]'), told: 'SP2222 5:15' },
  { name: 'a time limit of nothing', content: more('    timeout_seconds: 0'), told: 'SP2223 5:22' },
  { name: 'half a retry', content: more('    retry_count: 0.5'), told: 'SP2222 5:18' },
  {
    name: 'a log level of its own',
    content: more('global: {log_level: loud}'),
    told: 'SP2223 5:21',
  },
  {
    name: 'an unknown zone',
    content: more('global: {timezone: Europe/Berlyn}'),
    told: 'SP2227 5:20',
  },
  { name: 'an offset as zone', content: more('global: {timezone: "+02:00"}'), told: 'SP2227 5:20' },
  {
    name: 'a list at the top',
    content: '- skill_name: a\n  schedule: "0 3 * * *"\n',
    told: 'SP2222 1:1',
  },
  { name: 'an empty file', content: '', told: 'SP2222 1:1' },
];

const NAMES: readonly InvalidFile[] = [
  { name: 'a command in a name', content: named('"a; rm -rf /"'), told: 'SP2224 3:19' },
  { name: 'a substitution in a name', content: named('a$(id)'), told: 'SP2224 3:18' },
  { name: 'a path in a name', content: named('../../etc/passwd'), told: 'SP2224 3:17' },
  { name: 'a line end in a name', content: named(String.raw`"a\nb"`), told: 'SP2224 3:17' },
  { name: 'a line end after a name', content: named(String.raw`"a\n"`), told: 'SP2224 3:17' },
  { name: 'a letter that looks like another', content: named('bаckup'), told: 'SP2224 3:18' },
  { name: 'an empty name', content: named('""'), told: 'SP2224 3:17' },
  {
    name: 'a name twice',
    content: file('  - {skill_name: a, schedule: "0 3 * * *"}\n'.repeat(2)),
    told: 'SP2225 4:18',
  },
  { name: 'a very long name', content: named('a'.repeat(129)), told: 'SP2224 3:17' },
];

const CRON: readonly InvalidFile[] = [
  { name: 'four fields', content: cron('"0 3 * *"'), told: 'SP2226 4:16' },
  { name: 'seconds', content: cron('"0 0 3 * * *"'), told: 'SP2226 4:26' },
  { name: 'a minute out of range', content: cron('"60 3 * * *"'), told: 'SP2226 4:16' },
  { name: 'Sunday as 7', dialect: 'kubernetes', content: cron('"0 3 * * 7"'), told: 'SP2226 4:24' },
  {
    name: 'a zone before',
    dialect: 'kubernetes',
    content: cron('"TZ=UTC 0 3 * * *"'),
    told: 'SP2226 4:16',
  },
  {
    name: '@reboot for Kubernetes',
    dialect: 'kubernetes',
    content: cron('"@reboot"'),
    told: 'SP2226 4:16',
  },
  { name: '@every for cron', content: cron('"@every 5m"'), told: 'SP2226 4:16' },
  { name: 'an empty part for cron', content: cron('"0 1,,2 * * *"'), told: 'SP2226 4:20' },
  { name: 'a question mark for cron', content: cron('"0 3 ? * *"'), told: 'SP2226 4:20' },
  {
    name: 'the last day for Kubernetes',
    dialect: 'kubernetes',
    content: cron('"0 3 L * *"'),
    told: 'SP2226 4:20',
  },
  {
    name: 'the nearest weekday',
    dialect: 'extended',
    content: cron('"0 0 3 15W * *"'),
    told: 'SP2226 4:22',
  },
  { name: 'a command in a schedule', content: cron('"0 3 * * * ; rm -rf /"'), told: 'SP2226 4:26' },
  { name: 'an empty schedule', content: cron('""'), told: 'SP2223 4:15' },
  { name: 'a schedule as number', content: cron('5'), told: 'SP2222 4:15' },
  {
    name: 'a schedule of 10,000 characters',
    content: cron(`"${'1,'.repeat(5000)}1 * * * *"`),
    told: 'SP2223 4:15',
  },
];

/** 10 times 10 times … of one text. */
const BOMB = [
  'a0: &a0 [x]',
  ...Array.from(
    { length: 9 },
    (_, at) =>
      `a${at + 1}: &a${at + 1} [${Array.from({ length: 10 }, () => `*a${at}`).join(', ')}]`,
  ),
  'version: "1.0.0"',
  'schedules: []',
  '',
].join('\n');

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))),
  );

const TEXT: readonly InvalidFile[] = [
  { name: 'a bomb of aliases', content: BOMB, told: 'SP2201 1:1' },
  {
    name: 'an alias that holds itself',
    content: 'a: &a [*a]\nversion: "1.0.0"\nschedules: []\n',
    told: 'SP2202 1:8',
  },
  { name: 'an alias of nothing', content: cron('*gone'), told: 'SP2202 4:15' },
  { name: 'a key twice', content: more('    schedule: "0 4 * * *"'), told: 'SP2203 5:5' },
  {
    name: 'a key twice in JSON',
    json: true,
    content: '{"version": "1.0.0", "schedules": [],\n "version": "1.0.0"}',
    told: 'SP2203 2:2',
  },
  { name: 'two documents', content: `${more('---')}a: 1\n`, told: 'SP2204 6:1' },
  {
    name: 'a tab for indentation',
    content: file('  - skill_name: a\n\tschedule: "0 3 * * *"\n'),
    told: 'SP2202 4:1',
  },
  { name: 'an open quote', content: cron('"0 3 * * *'), told: 'SP2202 5:1' },
  { name: 'an open bracket', content: 'version: "1.0.0"\nschedules: [\n', told: 'SP2202 3:1' },
  {
    name: 'JSON that ends early',
    json: true,
    content: '{"version": "1.0.0", "schedules": [',
    told: 'SP2202 1:36',
  },
  {
    name: 'a comma too many in JSON',
    json: true,
    content: '{"version": "1.0.0", "schedules": [],}',
    told: 'SP2202 1:38',
  },
  { name: 'ten thousand brackets', content: `version: ${'['.repeat(10_000)}\n`, told: 'SP2201' },
  {
    name: 'nine MiB',
    content: bytes(more('    tags: []'), `# ${'x'.repeat(9 * 1024 * 1024)}\n`),
    told: 'SP2201',
  },
  { name: 'NUL', content: more('    description: "a\0b"'), told: 'SP2200 5:20' },
  {
    name: 'an escape sequence',
    content: more('    description: "a\u001B[2Jb"'),
    told: 'SP2200 5:20',
  },
  { name: 'a line separator', content: more('    description: "a\u2028b"'), told: 'SP2200 5:20' },
  { name: 'no UTF-8', content: bytes(more('    description: "x"'), 0xff, '\n'), told: 'SP2200' },
  { name: 'UTF-16', content: Buffer.from(`\uFEFF${named('a')}`, 'utf16le'), told: 'SP2200' },
  {
    name: 'a byte order mark and an unknown key',
    content: '\uFEFFbad: 1\nversion: "1.0.0"\nschedules: []\n',
    told: 'SP2221 1:1',
  },
  {
    name: 'a second byte order mark',
    content: '\uFEFF\uFEFFversion: "1.0.0"\nschedules: []\n',
    told: 'SP2220 1:2',
  },
  {
    name: 'a tag that makes something',
    content: more('    params: !!js/function "x"'),
    told: 'SP2228 5:27',
  },
  { name: 'another version of YAML', content: `%YAML 1.1\n---\n${named('a')}`, told: 'SP2202 1:1' },
];

export const INVALID_FILES: readonly InvalidFile[] = [...FORM, ...NAMES, ...CRON, ...TEXT];
