import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../../src/cron/dialect.ts';
import { OWN_LAYOUT } from '../../../../src/kinds/schedule/layout.ts';
import { validateScheduleDocument } from '../../../../src/kinds/schedule/validating/validate-document.ts';
import type { ScheduleRules } from '../../../../src/kinds/schedule/validating/validate-value.ts';
import type { JsonValue } from '../../../../src/model/item.ts';

const RULES: ScheduleRules = { dialect: 'crontab', layout: OWN_LAYOUT, schema: 'own' };

function told(text: string, rules: Partial<ScheduleRules> = {}): readonly string[] {
  const document = { text, value: parse(text) as JsonValue };
  return validateScheduleDocument(document, '/f', { ...RULES, ...rules }).map(
    ({ at, code, message }) => `${at?.line}:${at?.column}-${at?.endColumn} ${code} ${message}`,
  );
}

const entry = (schedule: string): string =>
  `version: "1.0.0"\nschedules:\n  - skill_name: a\n    schedule: ${schedule}\n`;

describe('a file of schedules', () => {
  it('is valid', () => {
    const text = `${entry('"*/5 2-4 * * MON"')}    params: {deep: [1, {a: null}]}
    enabled: true
    description: text
    tags: [a, b]
    timeout_seconds: 60
    retry_count: 0
    notification: {anything: [at all]}
global: {timezone: Europe/Berlin, max_concurrent: 3, log_level: warn, enable_metrics: false}
`;
    expect(told(text)).toEqual([]);
    expect(told('{"version": "0.0.1-rc.1+x", "schedules": []}')).toEqual([]);
  });

  it('is told all of its problems at once, in the order of the file', () => {
    expect(
      told(`${entry('"61 * * 5-1 *"')}    enable: true\nglobal: {timezone: Mars/X}\n`),
    ).toEqual([
      '4:16-18 SP2226 "schedule" of entry "a": 61 is out of range: the minute goes from 0 to 59',
      '4:23-26 SP2226 "schedule" of entry "a": 5-1 ends before it begins, and cron takes it for never',
      '5:5-11 SP2221 unknown key "enable" in entry "a"',
      '6:20-26 SP2227 "Mars/X" is no time zone that is known here',
    ]);
  });

  it.each([
    ['plain', '0 61 * * *', '4:17-19'],
    ['quoted', "'0 61 * * *'", '4:18-20'],
    ['with an escape, as a whole', String.raw`"0 6\u0031 * * *"`, '4:15-32'],
    ['folded, as a whole', '>-\n      0 61\n      * * *', '4:15-17'],
  ])('places the part of a schedule that is %s', (_name, written, place) => {
    expect(told(entry(written))).toEqual([
      `${place} SP2226 "schedule" of entry "a": 61 is out of range: the hour goes from 0 to 23`,
    ]);
  });

  it('has the columns of what stands after a byte order mark', () => {
    const [first] = told('\uFEFFbad: 1\nversion: 1.0.0\nschedules: []\n');
    expect(first).toBe('1:1-4 SP2221 unknown key "bad" in the file');
  });

  it.each<[Dialect, readonly string[]]>([
    ['crontab', []],
    ['kubernetes', ['4:16-23 SP2226']],
  ])('reads a word as %s does', (dialect, expected) => {
    expect(told(entry('"@reboot"'), { dialect }).map((line) => line.slice(0, 14))).toEqual(
      expected,
    );
  });

  it('shows a hundred problems of very many', () => {
    const entries = Array.from(
      { length: 150 },
      (_, at) => `  - {skill_name: e${at}, schedule: x}\n`,
    );
    const lines = told(`version: 1.0.0\nschedules:\n${entries.join('')}`);
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toContain('SP2229 /f has 50 more problems that are not shown');
  });
});

const schema = () => [
  { keyword: 'type', instancePath: '/jobs/items/0/on', params: {}, message: 'must be boolean' },
];

describe('another list of jobs', () => {
  const layout = { list: ['jobs', 'items'], key: 'id', scheduleField: 'when' };
  const rules = { layout, schema: 'none' as const };

  it('is any list whose entries have a name', () => {
    expect(told('jobs: {items: [{id: "x y", when: 0 3 * * *, other: 1}], more: 1}', rules)).toEqual(
      [],
    );
    expect(told('[{id: a}]', { ...rules, layout: { ...layout, list: [] } })).toEqual([]);
  });

  it.each([
    ['jobs: {}', '1:1-9 SP2233 "jobs.items" must be a list of jobs, not nothing'],
    ['jobs: {items: {}}', '1:15-17 SP2233 "jobs.items" must be a list of jobs, not a mapping'],
    ['jobs: {items: [a]}', '1:16-17 SP2222 entry 1 must be a mapping, not a text'],
    ['jobs: {items: [{}]}', '1:16-18 SP2220 entry 1 has no text in "id", which is to be its name'],
    [
      'jobs: {items: [{id: a, when: 5}]}',
      '1:30-31 SP2222 "when" of entry "a" must be a text, not 5',
    ],
    ['jobs: {items: [{id: a, when: ""}]}', '1:30-32 SP2223 "when" of entry "a" is empty'],
    [
      'jobs: {items: [{id: a}, {id: a}]}',
      '1:30-31 SP2225 entry 2 has the name "a", as entry 1 has',
    ],
  ])('%s', (text, expected) => {
    expect(told(text, rules)).toEqual([expected]);
  });

  it('fits the schema that is given, or not', () => {
    const text = 'jobs: {items: [{id: a, on: 1}]}';
    expect(told(text, { layout, schema })).toEqual([
      '1:28-29 SP2230 "on" of entry "a" must be boolean',
    ]);
    expect(told(text, { layout, schema: () => null })[0]).toContain('SP2232');
  });
});
