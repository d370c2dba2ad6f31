import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/kinds/registry.ts';
import type { HostPath } from '../../../src/model/brand.ts';
import { ABSENT } from '../../../src/model/file-image.ts';
import type { FileImage } from '../../../src/model/file-image.ts';
import type { CrontabSpec, ScheduleSpec } from '../../../src/model/plan-file.ts';

const PATH = '/etc/jobs.yaml' as HostPath;

function image(text: string): FileImage {
  return { exists: true, bytes: Buffer.from(text), mode: 0o644 };
}

describe('the schedules that a file of schedules holds', () => {
  const spec: ScheduleSpec = {
    kind: 'schedule',
    path: PATH,
    dialect: 'kubernetes',
    entries: {},
    global: {},
    list: ['schedules'],
    key: 'skill_name',
    scheduleField: 'schedule',
    schema: 'own',
  };
  const held = (text: string, of: ScheduleSpec | null = spec): unknown => [
    ...(kindOf('schedule').schedules?.(of, image(text), PATH) ?? []),
  ];

  it('are those of all entries, in the zone of the file', () => {
    const text =
      'schedules:\n- skill_name: a\n  schedule: "0 3 * * *"\n- {skill_name: b, schedule: "@daily"}\nglobal: {timezone: Europe/Berlin}\n';
    const of = { dialect: 'kubernetes', zone: 'Europe/Berlin', enabled: true };
    expect(held(text)).toEqual([
      ['entry:a', { ...of, text: '0 3 * * *', name: 'a' }],
      ['entry:b', { ...of, text: '@daily', name: 'b' }],
    ]);
  });

  it('are found where the resource says, by the fields that it names', () => {
    const layout = { ...spec, list: ['jobs', 'items'], key: 'id', scheduleField: 'cron' };
    expect(held('{"jobs": {"items": [{"id": "x", "cron": "1 2 * * *"}]}}', layout)).toEqual([
      [
        'entry@jobs.items[id]:x',
        { text: '1 2 * * *', dialect: 'kubernetes', zone: null, name: 'x', enabled: true },
      ],
    ]);
  });

  it('are off where the file of our form says so; in another form that word may mean anything', () => {
    const text = 'schedules: [{skill_name: a, schedule: "@daily", enabled: false}]\n';
    expect(held(text)).toEqual([['entry:a', expect.objectContaining({ enabled: false })]]);
    const other = { ...spec, list: ['jobs'] };
    expect(held(text.replace('schedules', 'jobs'), other)).toEqual([
      ['entry@jobs[skill_name]:a', expect.objectContaining({ enabled: true })],
    ]);
  });

  it.each([
    ['global: {max_concurrent: 3}', spec, 3],
    ['global: {max_concurrent: "3"}', spec, null],
    ['global: [3]', spec, null],
    ['schedules: []', spec, null],
    ['global: [', spec, null],
    ['global: {max_concurrent: 3}', null, null],
    ['global: {max_concurrent: 3}', { ...spec, key: 'id' }, null],
  ])('are as many at once as %s says', (text, of, most) => {
    expect(kindOf('schedule').runsAtOnce?.(of, image(`${text}\n`), PATH)).toBe(most);
  });

  it.each([
    ['no list', 'schedules: none\n'],
    ['a syntax error', 'schedules: [\n'],
    ['an entry without name', 'schedules: [{schedule: "0 3 * * *"}]\n'],
    ['an entry whose schedule is no text', 'schedules: [{skill_name: a, schedule: 5}]\n'],
  ])('are none of %s', (_what, text) => {
    expect(held(text)).toEqual([]);
  });

  it('are none without a resource, which alone says who reads them, and without a file', () => {
    expect(held('schedules: [{skill_name: a, schedule: "0 3 * * *"}]\n', null)).toEqual([]);
    expect(kindOf('schedule').schedules?.(spec, ABSENT, PATH).size).toBe(0);
  });
});

describe('the schedules that a crontab holds', () => {
  const path = '/etc/cron.d/backup' as HostPath;
  const spec: CrontabSpec = { kind: 'crontab', path, owner: null, jobs: {}, environment: {} };
  const held = (text: string): unknown => [
    ...(kindOf('crontab').schedules?.(spec, image(text), path) ?? []),
  ];
  const of = { dialect: 'crontab', zone: null, enabled: true };

  it('are those of our jobs, without the blanks between their fields', () => {
    const text =
      '17 * * * * root theirs\n# setpoint: job dump\n0  3\t* * * root dump\n# setpoint: job up\n@reboot root up\n# setpoint: env A\nA=1\n';
    expect(held(text)).toEqual([
      ['job:dump', { ...of, text: '0 3 * * *', name: 'dump' }],
      ['job:up', { ...of, text: '@reboot', name: 'up' }],
    ]);
  });

  it('are none of a marker that stands alone, and of a file that cron ignores', () => {
    expect(held('# setpoint: job dump\n# 0 3 * * * root dump\n')).toEqual([]);
    expect(held('# setpoint: job dump\r\n0 3 * * * root dump\n')).toEqual([]);
  });
});
