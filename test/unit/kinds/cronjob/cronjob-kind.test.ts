import { describe, expect, it } from 'vitest';
import type { Diagnostic, Result } from '../../../../src/diagnostics/diagnostic.ts';
import type { ItemEdit } from '../../../../src/kinds/kind.ts';
import { kindOf } from '../../../../src/kinds/registry.ts';
import { NOBODY_LOOKED } from '../../../../src/kinds/surroundings.ts';
import type { HostPath } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { CronJobSpec } from '../../../../src/model/plan-file.ts';

const PATH = '/srv/manifests/backup.yaml' as HostPath;
const kind = kindOf('cronjob');

function image(text: string): FileImage {
  return { exists: true, bytes: Buffer.from(text), mode: 0o644 };
}

function text(file: FileImage): string {
  return file.exists ? Buffer.from(file.bytes).toString() : '';
}

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

function spec(fields: CronJobSpec['fields'], more: Partial<CronJobSpec> = {}): CronJobSpec {
  return { kind: 'cronjob', path: PATH, name: null, namespace: null, fields, ...more };
}

const cronJob = (name: string, rest = '', namespace = ''): string =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${name}\n${namespace === '' ? '' : `  namespace: ${namespace}\n`}spec:\n  schedule: "0 2 * * *"   # at night\n${rest}  jobTemplate: {spec: {}}\n`;

/** What a run does: the items that differ are set, and then given back. */
function thereAndBack(wanted: CronJobSpec, before: string): { after: string; back: string } {
  const start = image(before);
  const items = good(kind.desired(wanted, start, PATH));
  const live = good(
    kind.observe(
      start,
      items.map(({ key }) => key),
      PATH,
    ),
  );
  const edits = items.flatMap((item): ItemEdit[] =>
    kind.same(item.key, live.get(item.key)?.value ?? null, item.value) ? [] : [{ op: 'set', item }],
  );
  const after = good(kind.edit(start, edits, PATH)).image;
  const again = good(
    kind.observe(
      after,
      items.map(({ key }) => key),
      PATH,
    ),
  );
  for (const { key, value } of items) expect([key, again.get(key)?.value]).toEqual([key, value]);
  const restores = items.map(({ key }): ItemEdit => {
    const record = live.get(key)?.before ?? {};
    return { op: 'restore', key, before: record, original: start };
  });
  return { after: text(after), back: text(good(kind.edit(after, restores, PATH)).image) };
}

describe('fields of a CronJob', () => {
  it.each<[string, CronJobSpec['fields'], string, string]>([
    [
      'a new schedule keeps its quotes and its comment',
      { schedule: '30 3 * * 1-5' },
      cronJob('backup'),
      cronJob('backup').replace('0 2 * * *', '30 3 * * 1-5'),
    ],
    [
      'what is not there is added',
      { timeZone: 'Europe/Berlin', suspend: false },
      cronJob('backup'),
      `${cronJob('backup')}  timeZone: Europe/Berlin\n  suspend: false\n`,
    ],
    [
      'null takes it away',
      { concurrencyPolicy: null },
      cronJob('backup', '  concurrencyPolicy: Allow\n'),
      cronJob('backup'),
    ],
    [
      'numbers are numbers',
      { failedJobsHistoryLimit: 5 },
      cronJob('backup', '  failedJobsHistoryLimit: 1 # few\n'),
      cronJob('backup', '  failedJobsHistoryLimit: 5 # few\n'),
    ],
  ])('%s, and is given back', (_what, fields, before, after) => {
    expect(thereAndBack(spec(fields), before)).toEqual({ after, back: before });
  });

  it('of one of several documents are changed there alone', () => {
    const file = [
      'kind: ConfigMap\nmetadata: {name: a}\n',
      cronJob('a', '', 'ops'),
      cronJob('a', '', 'dev'),
      cronJob('b'),
    ].join('---\n');
    const wanted = spec({ schedule: '1 1 * * *' }, { name: 'a', namespace: 'dev' });
    const parts = file.split('---\n');
    parts[2] = (parts[2] ?? '').replace('0 2 * * *', '1 1 * * *');
    expect(thereAndBack(wanted, file)).toEqual({ after: parts.join('---\n'), back: file });
    const keys = good(kind.desired(wanted, image(file), PATH)).map(({ key }) => key);
    expect(keys).toEqual(['dev/a:schedule']);
  });

  it.each<[string, Partial<CronJobSpec>, string, string, string]>([
    ['none in the file', {}, 'kind: ConfigMap\n', 'SP2280', 'holds no CronJob'],
    ['none of that name', { name: 'b' }, cronJob('a'), 'SP2280', 'in the file: a'],
    [
      'several, none named',
      {},
      `${cronJob('a')}---\n${cronJob('b')}`,
      'SP2281',
      'say which: name: "a"',
    ],
    ['two of one name', { name: 'a' }, `${cronJob('a')}---\n${cronJob('a')}`, 'SP2282', 'rename'],
    ['no YAML', {}, 'kind: [\n', 'SP2202', 'correct'],
  ])('are refused with a way on: %s', (_what, which, file, code, help) => {
    const result = kind.desired(spec({ suspend: true }, which), image(file), PATH);
    const said = result.ok ? [] : result.diagnostics;
    expect(said.map((one) => one.code)).toEqual([code]);
    expect(said[0]?.help).toContain(help);
  });
});

function judged(rest: string, name = 'backup'): readonly Diagnostic[] {
  const file = image(cronJob(name, rest));
  return kind.judge(spec({ suspend: true }), file, file, PATH, NOBODY_LOOKED);
}

describe('what the API server would say', () => {
  it.each([
    ['timeZone: Local', 'Local is refused'],
    ['timeZone: ""', 'it names no zone'],
    ['timeZone: Europe/../Berlin', 'is no time zone'],
    ['timeZone: Mars/Base', 'is no time zone'],
    ['suspend: "yes"', 'it is not true or false'],
    ['concurrencyPolicy: forbid', '"forbid" is no policy'],
    ['startingDeadlineSeconds: -1', '-1 is no whole number'],
    ['failedJobsHistoryLimit: 1.5', '1.5 is no whole number'],
    ['successfulJobsHistoryLimit: 3000000000', 'is no whole number'],
  ])('of %s', (line, message) => {
    const said = judged(`  ${line}\n`);
    expect(said.map(({ code }) => code)).toEqual(['SP2283']);
    expect(said[0]?.message).toContain(message);
  });

  it.each([
    ['0 3 * * 7', 'column 9'],
    ['0 3 * *', 'column 1'],
    ['CRON_TZ=UTC 0 3 * * *', 'column 6: a zone in the schedule'],
    ['@reboot', 'column 1'],
  ])('of the schedule %j, with its column', (schedule, message) => {
    const file = image(cronJob('backup').replace('0 2 * * *', schedule));
    const said = kind.judge(spec({ suspend: true }), file, file, PATH, NOBODY_LOOKED);
    expect(said.map(({ code }) => code)).toEqual(['SP2283']);
    expect(said[0]?.message).toContain(message);
  });

  it('of a name that is too long for names of jobs, and of a CronJob without schedule', () => {
    expect(judged('', 'a'.repeat(52))).toEqual([]);
    expect(judged('', 'a'.repeat(53)).map(({ code }) => code)).toEqual(['SP2283']);
    const none = image(cronJob('backup').replace(/ {2}schedule:.*\n/, ''));
    const said = kind.judge(spec({ suspend: true }), none, none, PATH, NOBODY_LOOKED);
    expect(said[0]?.message).toContain('has no schedule');
  });

  it('nothing of what it takes and runs, a warning of what it never starts', () => {
    expect(judged('  timeZone: Etc/GMT+5\n  startingDeadlineSeconds: 10\n')).toEqual([]);
    expect(judged('  startingDeadlineSeconds: 9\n').map(({ code }) => code)).toEqual(['SP2284']);
  });

  it('is not asked of what is given back', () => {
    const file = image(cronJob('backup', '  timeZone: Local\n'));
    expect(kind.judge(null, file, file, PATH, NOBODY_LOOKED)).toEqual([]);
  });
});

it('its schedules are those of all CronJobs, in their zones', () => {
  const file = `${cronJob('a', '  timeZone: Asia/Tokyo\n', 'ops')}---\n${cronJob('b', '  suspend: true\n')}`;
  expect([...(kind.schedules?.(null, image(file), PATH) ?? [])]).toEqual([
    [
      'ops/a:schedule',
      {
        text: '0 2 * * *',
        dialect: 'kubernetes',
        zone: 'Asia/Tokyo',
        name: 'ops/a',
        enabled: true,
      },
    ],
    [
      'b:schedule',
      { text: '0 2 * * *', dialect: 'kubernetes', zone: null, name: 'b', enabled: false },
    ],
  ]);
});
