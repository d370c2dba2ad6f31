/** What `setpoint schedule next` says of files that are not as they should be. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Ran } from './run-command.ts';
import { scheduleRig } from './schedule-rig.ts';

const { dir, write, next: nextRuns } = scheduleRig();

function next(...args: readonly string[]): Promise<Ran> {
  return nextRuns(...args, '--from', '2026-01-01T00:00Z', '-n', '1');
}

function nextOf(name: string, text: string): Promise<Ran> {
  write(name, text);
  return next(name);
}

describe('entries that cannot be taken', () => {
  it('are told with their place, and the others are shown, 65', async () => {
    const ran = await nextOf(
      'some.yaml',
      `schedules:
  - { skill_name: a, schedule: 5 }
  - foo
  - { skill_name: b, schedule: "1 * * * *" }
  - { skill_name: c }
  - schedule:
`,
    );
    expect(ran.code).toBe(65);
    expect(ran.stdout).toContain('b  1 * * * *');
    const said = [...ran.stderr.matchAll(/^error\[SP2300\]: (.*)\n {2}--> (.*)$/gm)];
    expect(said.map(([, message, at]) => `${at} ${message}`)).toEqual([
      'some.yaml:2:32 schedules[0] (a): its schedule is a number, not a text',
      'some.yaml:3:5 schedules[1]: it is a text, not an entry',
      'some.yaml:5:5 schedules[3] (c): it has no schedule',
      'some.yaml:6:14 schedules[4]: its schedule is empty, not a text',
    ]);
  });

  it.each([
    ['only bad ones', 'schedules: [foo]', 'schedules[0]: it is a text, not an entry'],
    [
      'aliases of lists of aliases',
      'a: &a [x, x]\nb: &b [*a, *a]\nschedules: [*b, *b]',
      'schedules[1]: it is a list, not an entry',
    ],
    ['a CronJob without one', 'kind: CronJob\nspec: {}', 'CronJob 1: it has no schedule'],
    ['no YAML', 'schedules:\n  - {skill_name: a, schedule: "* * * * *"', 'SP2202'],
    [
      'a zone that is a number',
      'schedules: [{skill_name: a, schedule: "@daily"}]\nglobal: {timezone: 5}',
      'SP2301]: a: "5" is no time zone',
    ],
  ])('%s: 65', async (_what, text, said) => {
    const ran = await nextOf('bad.yaml', text);
    expect(ran.code).toBe(65);
    expect(ran.stderr).toContain(said);
  });

  it('are not what an alias stands for', async () => {
    const ran = await nextOf(
      'alias.yaml',
      'x: &x {skill_name: a, schedule: &s "0 3 * * *"}\nschedules: [*x, {skill_name: b, schedule: *s}]',
    );
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('a  0 3 * * *');
    expect(ran.stdout).toContain('b  0 3 * * *');
  });

  it('are lines of a crontab, too', async () => {
    const ran = await nextOf('lines', '0 3 * * * /bin/a\n0 3 * * *\n');
    expect(ran.code).toBe(65);
    expect(ran.stderr).toContain('line 2: it has not the fields of a job\n  --> lines:2:1');
  });
});

describe('a crontab that cron takes otherwise', () => {
  it.each([
    ['has no end', '0 3 * * * /bin/a', 'warning[SP2255]: tab:1: the last line has no end'],
    ['has carriage returns', '0 3 * * * /bin/a\r\n', 'warning[SP2254]: tab:1:17: a carriage'],
    ['names a zone', 'CRON_TZ=Asia/Tokyo\n0 3 * * * /bin/a\n', 'SP2305]: tab:1: CRON_TZ is only'],
    ['names the zone of commands', 'TZ=UTC\n0 3 * * * /bin/a\n', 'SP2305]: tab:1: TZ is only'],
  ])('%s', async (_what, text, said) => {
    const ran = await nextOf('tab', text);
    expect([ran.code, ran.stdout.includes('At 03:00')]).toEqual([0, true]);
    expect(ran.stderr).toContain(said);
  });

  it('shows the id of a job that setpoint marks', async () => {
    const ran = await nextOf(
      'ours',
      '# setpoint: job dump\n0 3 * * * root /usr/bin/dump\n0 4 * * * root x\n',
    );
    expect(ran.stdout).toContain('line 2, job dump: root /usr/bin/dump');
    expect(ran.stdout).toContain('line 3: root x');
  });
});

it('a pipe and a device are no files to read, and are not waited for', async () => {
  await execa('mkfifo', [join(dir(), 'pipe')]);
  symlinkSync('/dev/zero', join(dir(), 'zero'));
  const [pipe, zero] = [await next('./pipe'), await next('zero')];
  expect([pipe.code, pipe.stderr.split('\n')[0]]).toEqual([
    64,
    'error[SP9020]: ./pipe: it is no regular file',
  ]);
  expect([zero.code, zero.stderr.split('\n')[0]]).toEqual([
    64,
    'error[SP9020]: zero: it is no regular file',
  ]);
});
