import { describe, expect, it } from 'vitest';
import { jobOfLine } from '../../../../src/kinds/crontab/job-of-line.ts';
import { adoptedText, refusals } from './adopting-bench.ts';

interface Example {
  readonly kind: string;
  readonly path: string;
  /** The resource's lines below kind and path. */
  readonly plan: string;
  readonly live: string;
}

function planOf({ kind, path, plan }: Example): string {
  const lines = plan.replaceAll(/^(?=.)/gm, '    ');
  return `setpoint: v1\nname: p\nvars: {zone: Europe/Berlin}\nresources:\n  r:\n    kind: ${kind}\n    path: ${path}\n${lines}`;
}

function given(example: Example) {
  return { plans: { 'plans/p.yaml': planOf(example) }, live: { [example.path]: example.live } };
}

const CRONJOB = { kind: 'cronjob', path: '/srv/backup.yaml' };
const cronJob = (spec: string): string => `kind: CronJob\nmetadata: {name: a}\nspec:\n  ${spec}\n`;

const CRONTAB = { kind: 'crontab', path: '/etc/cron.d/backup' };
const crontab = (job: string, env = 'root'): string =>
  `# setpoint: env MAILTO\nMAILTO="${env}"\n# setpoint: job night\n${job}\n`;
const JOB = 'environment: {MAILTO: root} # to whom\njobs:\n  night:\n';
const NIGHT = `${JOB}    schedule: '0  3 * * *' # at night\n    user: root\n    command: /bin/b 50%\n`;

const SCHEDULE = { kind: 'schedule', path: '/srv/jobs.yaml' };
const jobs = (entry: string, zone = 'Europe/Berlin'): string =>
  `version: "1.0.0"\nglobal: {timezone: ${zone}}\nschedules:\n  - {skill_name: a, ${entry}}\n`;
const ENTRIES =
  'dialect: crontab\nglobal: {timezone: "${vars.zone}"}\nentries:\n  a: {schedule: "0 3 * * *", params: {keep: 7, tags: [x]}, enabled: true} # theirs\n';

describe('what stands in the place of a value of a plan is written there', () => {
  it.each<[string, Example, readonly (readonly [string, string])[]]>([
    [
      'the schedule of a CronJob, in its quotes',
      {
        ...CRONJOB,
        plan: "schedule: '0 3 * * *' # at night\n",
        live: cronJob('schedule: "0 5 * * *"'),
      },
      [["'0 3 * * *' # at night", "'0 5 * * *' # at night"]],
    ],
    [
      'flags and numbers of a CronJob',
      {
        ...CRONJOB,
        plan: 'suspend: false\nfailedJobsHistoryLimit: 1\n',
        live: cronJob('schedule: "0 5 * * *"\n  suspend: true\n  failedJobsHistoryLimit: 3'),
      },
      [
        ['suspend: false', 'suspend: true'],
        ['Limit: 1', 'Limit: 3'],
      ],
    ],
    [
      'a field that is gone, and one that is there',
      {
        ...CRONJOB,
        plan: 'timeZone: Europe/Berlin # ours\nconcurrencyPolicy: null\n',
        live: cronJob('schedule: "0 5 * * *"\n  concurrencyPolicy: Forbid'),
      },
      [
        ['timeZone: Europe/Berlin', 'timeZone: null'],
        ['concurrencyPolicy: null', 'concurrencyPolicy: Forbid'],
      ],
    ],
    [
      'a setting of a crontab',
      { ...CRONTAB, plan: NIGHT, live: crontab('0 3 * * * root /bin/b 50\\%', 'ops, dev') },
      [['{MAILTO: root}', '{MAILTO: "ops, dev"}']],
    ],
    [
      'user and command of a job, but no blanks of its schedule',
      { ...CRONTAB, plan: NIGHT, live: crontab('0 3 * * * backup /bin/b 60\\%') },
      [
        ['user: root', 'user: backup'],
        ['/bin/b 50%', '/bin/b 60%'],
      ],
    ],
    [
      'the schedule of a job',
      { ...CRONTAB, plan: NIGHT, live: crontab('@daily  root /bin/b 50\\%') },
      [["'0  3 * * *' # at", "'@daily' # at"]],
    ],
    [
      'fields of an entry of a file of schedules, in any order',
      {
        ...SCHEDULE,
        plan: ENTRIES,
        live: jobs('enabled: false, schedule: "0 4 * * *", params: {tags: [x], keep: 9}'),
      },
      [
        ['"0 3 * * *"', '"0 4 * * *"'],
        ['keep: 7', 'keep: 9'],
        ['enabled: true', 'enabled: false'],
      ],
    ],
    [
      'a setting that is a variable, for this host',
      {
        ...SCHEDULE,
        plan: ENTRIES,
        live: jobs('schedule: "0 3 * * *", params: {keep: 7, tags: [x]}, enabled: true', 'UTC'),
      },
      [
        [
          'vars: {zone: Europe/Berlin}\n',
          'vars: {zone: Europe/Berlin}\nhostVars:\n  cp-1:\n    zone: UTC\n',
        ],
      ],
    ],
  ])('%s', (_what, example, changes) => {
    const expected = changes.reduce((text, [was, is]) => {
      expect(text).toContain(was);
      return text.replace(was, () => is);
    }, planOf(example));
    expect(adoptedText(given(example))).toBe(expected);
  });
});

function more(label: string, path: string): readonly string[] {
  return [`SP3083 line 2: ${label} of ${path} differs by more than values that its resource names`];
}

describe('what no plan could say by another value alone is refused', () => {
  const entry = more('entry:a', SCHEDULE.path);
  const night = more('job:night', CRONTAB.path);
  const asIs = 'schedule: "0 3 * * *", params: {keep: 7, tags: [x]}';
  it.each<[string, Example, readonly string[]]>([
    [
      'a field that the plan does not name',
      { ...SCHEDULE, plan: ENTRIES, live: jobs(`${asIs}, enabled: true, retry_count: 1`) },
      entry,
    ],
    ['one that is gone', { ...SCHEDULE, plan: ENTRIES, live: jobs(asIs) }, entry],
    [
      'a list',
      { ...SCHEDULE, plan: ENTRIES, live: jobs(`${asIs.replace('x', 'y')}, enabled: true`) },
      entry,
    ],
    [
      'an entry that is gone',
      {
        ...SCHEDULE,
        plan: ENTRIES,
        live: 'version: "1.0.0"\nglobal: {timezone: Europe/Berlin}\nschedules: []\n',
      },
      entry,
    ],
    ['a job that is gone', { ...CRONTAB, plan: NIGHT, live: 'MAILTO=root\n' }, [...night]],
    [
      'a job that begins its input with %',
      { ...CRONTAB, plan: NIGHT, live: crontab('0 3 * * * root /bin/b 50%') },
      night,
    ],
    [
      'a job with an escape that reaches the shell',
      { ...CRONTAB, plan: NIGHT, live: crontab('0 3 * * * root /bin/b \\\\\\%') },
      [
        'SP3084 the edited plan file would not be valid: the command has \\%, which would reach the shell as it is',
      ],
    ],
    [
      'a job that must not be there',
      { ...CRONTAB, plan: `${JOB.trimEnd()} null\n`, live: crontab('0 3 * * * root /bin/b') },
      night,
    ],
    [
      'a schedule that the API server refuses',
      { ...CRONJOB, plan: 'schedule: 0 3 * * *\n', live: cronJob('schedule: 0 99 * * *') },
      [
        'SP3084 the edited plan file would not be valid: 99 is out of range: the hour goes from 0 to 23',
      ],
    ],
  ])('%s', (_what, example, expected) => {
    const only = example.kind === 'crontab' ? { only: ['job:night'] } : {};
    expect(refusals({ ...given(example), ...only })).toEqual(expected);
  });
});

describe('a line of a crontab as a declared job', () => {
  it.each<[string, boolean, ReturnType<typeof jobOfLine>]>([
    ['@reboot root x', true, { schedule: '@reboot', user: 'root', command: 'x' }],
    ['0 3 * * *\t/x  y ', false, { schedule: '0 3 * * *', user: null, command: '/x  y ' }],
    ['0 3 * * * root', true, null],
    ['0 3 * * * root  two blanks', true, null],
    ['0 3 *', true, null],
  ])('%s', (line, system, expected) => {
    expect(jobOfLine(line, { system, escapes: true })).toEqual(expected);
  });
});
