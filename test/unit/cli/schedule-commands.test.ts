import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type {
  ScheduleNextResult,
  ScheduleTimelineResult,
} from '../../../src/operations/scheduling/results.ts';
import { envelope } from './envelope.ts';
import { scheduleRig } from './schedule-rig.ts';

const FILES = {
  'schedules.yaml': `version: 1.0.0
schedules:
  - skill_name: backup
    schedule: "0 3 * * *"
  - { skill_name: report, schedule: '*/7 9-17 * * 1-5', enabled: false }
  - skill_name: clean
    schedule: 0 3 1 * 1
  - skill_name: odd
    schedule: 0 0 30 2 *
global:
  timezone: Europe/Berlin
  max_concurrent: 1
`,
  'wrong.json': `{ "schedules": [
  { "skill_name": "good", "schedule": "@daily" },
  { "skill_name": "bad", "schedule": "0 25 * * *" }
] }
`,
  'zone.yaml': 'schedules: [{skill_name: a, schedule: "@daily"}]\nglobal: {timezone: Mars/Base}\n',
  crontab: `SHELL=/bin/sh
# m h dom mon dow user command
17 *\t* * *\troot    cd / && run-parts /etc/cron.hourly
  25 6 * * 7 root test -x /usr/sbin/anacron
@reboot root /bin/true
`,
  'cronjob.yaml': `apiVersion: v1
kind: ConfigMap
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: prune, namespace: etcd }
spec:
  schedule: "30 2 * * *"
  timeZone: Europe/Berlin
  suspend: true
`,
  'no.yaml': 'a: 1\n',
};

const { write, next, timeline } = scheduleRig(FILES);

async function nextJson(...args: readonly string[]): Promise<ScheduleNextResult> {
  const ran = await next(...args, '--json');
  return (envelope(ran) as unknown as { readonly result: ScheduleNextResult }).result;
}

describe('schedule next', () => {
  it('shows an expression with its words and next runs', async () => {
    const ran = await next('0 0 */2 * 1', '--from', '2026-01-01', '--zone', 'Europe/Berlin');
    expect(ran).toEqual({
      code: 0,
      stderr: '',
      stdout: `0 0 */2 * 1  crontab, Europe/Berlin
  At 00:00, on every 2nd day from 1 through 31 of the month if that is Monday
  2026-01-05 00:00:00+01:00
  2026-01-19 00:00:00+01:00
  2026-02-09 00:00:00+01:00
`,
    });
  });

  it('counts a run at --from itself', async () => {
    const { schedules } = await nextJson('@daily', '--from', '2026-01-01T00:00', '--count', '1');
    expect(schedules[0]?.next).toEqual(['2026-01-01T00:00:00+00:00']);
  });

  it('reads a schedule file in its zone, and warns of what never fires, too often, too many', async () => {
    const ran = await next('schedules.yaml', '--from', '2026-01-01', '--warn-every', '10');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(
      'backup  0 3 * * *  crontab, Europe/Berlin\n  At 03:00\n  2026-01-01 03:00:00+01:00',
    );
    expect(ran.stdout).toContain('report  */7 9-17 * * 1-5  crontab, Europe/Berlin  (off)');
    expect(ran.stderr).toContain('warning[SP2302]: odd never fires\n  --> schedules.yaml:9:15');
    expect(ran.stderr).toContain(
      'warning[SP2303]: report fires more often than every 10 minutes: at 2026-01-01T09:00:00+01:00 and 2026-01-01T09:07:00+01:00\n  --> schedules.yaml:5:38',
    );
    expect(ran.stderr).toContain(
      'warning[SP2304]: 2 entries fire at 2026-01-01T03:00:00+01:00, and 1 run at once: backup, clean',
    );
  });

  it('reads crontabs with a user field, past comments and the environment', async () => {
    const { schedules } = await nextJson('crontab', '--from', '2026-01-01', '--count', '1');
    expect(schedules.map(({ name, schedule, next: [first] }) => [name, schedule, first])).toEqual([
      [
        'line 3: root cd / && run-parts /etc/cron.hourly',
        '17 * * * *',
        '2026-01-01T00:17:00+00:00',
      ],
      ['line 4: root test -x /usr/sbin/anacron', '25 6 * * 7', '2026-01-04T06:25:00+00:00'],
      ['line 5: root /bin/true', '@reboot', undefined],
    ]);
  });

  it('reads CronJobs by their own zone and dialect: the skipped hour does not fire', async () => {
    const { schedules } = await nextJson(
      'cronjob.yaml',
      '--from',
      '2026-03-28T12:00Z',
      '--zone',
      'UTC',
    );
    expect(schedules).toMatchObject([
      {
        name: 'etcd/prune',
        dialect: 'kubernetes',
        zone: 'Europe/Berlin',
        enabled: false,
        next: [
          '2026-03-30T02:30:00+02:00',
          '2026-03-31T02:30:00+02:00',
          '2026-04-01T02:30:00+02:00',
        ],
      },
    ]);
  });

  it('shows the good entries, and the place of the bad one, 65', async () => {
    const ran = await next('wrong.json', '--from', '2026-01-01');
    expect(ran.code).toBe(65);
    expect(ran.stdout).toContain('good  @daily');
    expect(ran.stderr)
      .toContain(`error[SP2300]: bad: 25 is out of range: the hour goes from 0 to 23 (crontab)
  --> wrong.json:3:41`);
    expect(ran.stderr).toContain(`
  3 |   { "skill_name": "bad", "schedule": "0 25 * * *" }
    |                                         ^^
`);
  });

  it.each([
    [
      ['0 3 * *'],
      65,
      'error[SP2300]: 0 3 * *: it has 4 fields, not 5 (crontab)\n  --> expression:1:1',
    ],
    [['', '--dialect', 'extended'], 65, 'there is no schedule (extended)'],
    [['zone.yaml'], 65, 'error[SP2301]: a: "Mars/Base" is no time zone'],
    [['absent.yaml'], 64, 'error[SP9020]: absent.yaml: there is no such file'],
    [['no.yaml'], 64, 'error[SP9020]: no.yaml: no schedules in it'],
    [['.'], 64, 'error[SP9020]: .: it is a directory'],
    [['/nonexistent/x'], 64, 'error[SP9020]: /nonexistent/x: there is no such file'],
    [['@daily', '--from', 'noon'], 64, 'error[SP9021]: --from noon: no time'],
    [['@daily', '--zone', '+02:00'], 64, 'error[SP9021]: --zone +02:00: no time zone'],
    [['@daily', '--zone', 'berlin'], 64, 'did you mean "Europe/Berlin"?'],
    [['@daily', '--zone', 'Europe/Berlni'], 64, 'did you mean "Europe/Berlin"?'],
    [['@daily', '--from', '2026-02-31'], 64, 'error[SP9021]: --from 2026-02-31: no time'],
    [['@daily', '--from', '2026-13-01'], 64, 'error[SP9021]: --from 2026-13-01: no time'],
    [['@daily', '--count', '0'], 64, 'error[SP9021]: --count 0: no number from 1 to 1000'],
    [['@daily', '--count', '100000'], 64, '--count 100000: no number from 1 to 1000'],
    [['0', '3', 'bin', 'src'], 64, 'help: put an expression into quotes'],
    [[''], 65, 'error[SP2300]: "": there is no schedule'],
    [['crontab/x'], 64, 'error[SP9020]: crontab/x: there is no such file'],
  ])('refuses %j with %i', async (args, code, said) => {
    const ran = await next(...args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(said);
  });

  it('shows 50 of many, and has all as JSON', async () => {
    const jobs = Array.from(
      { length: 1500 },
      (_, at) => `{"skill_name":"j${at}","schedule":"${at % 60} ${at % 24} * * *"}`,
    );
    write('many.json', `{"schedules":[${jobs.join(',\n')}],"global":{"max_concurrent":100}}`);
    const ran = await next('many.json', '--from', '2026-01-01');
    expect(ran.stdout.split('\n\n')).toHaveLength(51);
    expect(ran.stdout).toContain('1450 more schedules: --json has all');
    expect((await nextJson('many.json', '--from', '2026-01-01')).schedules).toHaveLength(1500);
    const refused = await next('many.json', '--count', '1000');
    expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
      64,
      'error[SP9021]: --count 1000: 1500 schedules would have 1500000 runs',
    ]);
  });
});

describe('schedule timeline', () => {
  it('draws a day by quarters in plain ASCII without a terminal', async () => {
    const ran = await timeline(
      'schedules.yaml',
      'crontab',
      '--from',
      '2026-01-01',
      '--zone',
      'UTC',
    );
    expect(ran.code).toBe(0);
    await expect(ran.stdout).toMatchFileSnapshot('golden/timeline-day.txt');
  });

  it('draws a week by hours', async () => {
    const ran = await timeline('schedules.yaml', 'crontab', '--from', '2026-01-01', '--days', '7');
    await expect(ran.stdout).toMatchFileSnapshot('golden/timeline-week.txt');
  });

  it('counts as JSON, without entries that are off', async () => {
    const ran = await timeline('cronjob.yaml', 'crontab', '--from', '2026-01-01', '--json');
    const { result } = envelope(ran) as unknown as { readonly result: ScheduleTimelineResult };
    expect(result).toMatchObject({ days: 1, cellMinutes: 15, schedules: 3, runs: 24 });
    expect(result.cells).toHaveLength(96);
    expect(result.busiest).toMatchObject({ at: '2026-01-01T00:17:00+00:00', count: 1 });
  });

  it('says where nothing fires', async () => {
    const ran = await timeline('cronjob.yaml', '--from', '2026-01-01');
    expect(ran.stdout).toContain('nothing fires');
  });
});

describe('the guide', () => {
  const guide = readFileSync(
    fileURLToPath(new URL('../../../docs/guide/schedules.md', import.meta.url)),
    'utf8',
  );
  const commands = [...guide.matchAll(/^ {4}setpoint schedule (next|timeline) (.*)$/gm)];

  it('has commands', () => {
    expect(commands).toHaveLength(8);
  });

  it.each(commands.map(([line, name, rest]) => [line.trim(), name, rest] as const))(
    '%s',
    async (_line, name, rest = '') => {
      const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, word]) => quoted ?? word ?? '',
      );
      const ran = await (name === 'next' ? next : timeline)(...words);
      expect([ran.code, ran.stderr.includes('error')]).toEqual([0, false]);
      expect(ran.stdout).not.toBe('');
    },
  );
});
