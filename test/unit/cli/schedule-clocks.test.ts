/** What `setpoint schedule` does on days on which clocks change, and where no zone is named. */
import { describe, expect, it } from 'vitest';
import ScheduleNext from '../../../src/cli/commands/schedule/next.ts';
import ScheduleTimeline from '../../../src/cli/commands/schedule/timeline.ts';
import type {
  ScheduleNextResult,
  ScheduleTimelineResult,
} from '../../../src/operations/scheduling/results.ts';
import { envelope } from './envelope.ts';
import { runCommand } from './run-command.ts';
import { scheduleRig } from './schedule-rig.ts';

const FILES = {
  'noon.yaml':
    'schedules: [{skill_name: noon, schedule: "0 12 * * *"}]\nglobal: {timezone: Europe/Berlin}\n',
  'half.yaml':
    'schedules: [{skill_name: half, schedule: "30 * * * *"}]\nglobal: {timezone: Europe/Berlin}\n',
};

const { next, timeline } = scheduleRig(FILES);

async function grid(...args: readonly string[]): Promise<ScheduleTimelineResult> {
  const ran = await timeline(...args, '--zone', 'Europe/Berlin', '--json');
  return (envelope(ran) as unknown as { readonly result: ScheduleTimelineResult }).result;
}

/** The column of each day in which it fires. */
function columns({ cells }: ScheduleTimelineResult): readonly number[] {
  return cells.flatMap((count, at) => (count === 0 ? [] : [at % 24]));
}

async function firstOf(...args: readonly string[]): Promise<readonly (string | undefined)[]> {
  const ran = await next('* * * * *', '-n', '1', '--json', '--from', ...args);
  const { result } = envelope(ran) as unknown as { readonly result: ScheduleNextResult };
  return [result.from, result.schedules[0]?.next[0]];
}

describe('schedule timeline', () => {
  it.each(['2026-03-26T23:00Z', '2026-10-22T22:00Z'])(
    'has noon in the column of noon, also after a clock change (%s)',
    async (from) => {
      const result = await grid('noon.yaml', '--days', '7', '--from', from);
      expect(columns(result)).toEqual([12, 12, 12, 12, 12, 12, 12]);
      expect(result.cells).toHaveLength(168);
    },
  );

  it('leaves out the hour that clocks skip', async () => {
    const result = await grid('half.yaml', '--from', '2026-03-28T23:00Z');
    expect([result.runs, result.skipped, result.twice]).toEqual([23, [8, 9, 10, 11], []]);
    const noon = await grid('noon.yaml', '--from', '2026-03-28T23:00Z');
    expect(noon.cells.indexOf(1)).toBe(48);
    const args = ['--from', '2026-03-28T23:00Z', '--zone', 'Europe/Berlin'];
    const { stdout } = await timeline('half.yaml', ...args);
    expect(stdout).toContain(':30   #  #     #');
    expect(stdout).toContain('blank: clocks are put forward');
  });

  it('sums the hour that clocks show twice', async () => {
    const result = await grid('half.yaml', '--from', '2026-10-24T22:00Z');
    expect([result.runs, result.skipped, result.twice]).toEqual([25, [], [8, 9, 10, 11]]);
    expect(result.cells.slice(8, 15)).toEqual([0, 0, 2, 0, 0, 0, 1]);
    const noon = await grid('noon.yaml', '--from', '2026-10-24T22:00Z');
    expect(noon.cells.indexOf(1)).toBe(48);
  });

  it('begins in the second of two hours where that is now', async () => {
    const result = await grid('half.yaml', '--from', '2026-10-25T01:10Z');
    expect([result.from, result.cells[2]]).toEqual(['2026-10-25T02:00:00+01:00', 1]);
  });
});

describe('--from without an offset', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T00:00:00+01:00'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T02:30Z', 'Europe/Berlin', '2026-10-25T03:30:00+01:00'],
    // Clocks go from 23:59 to 01:00.
    ['2026-09-06', 'America/Santiago', '2026-09-06T01:00:00-03:00'],
    ['2026-03-29', 'UTC', '2026-03-29T00:00:00+00:00'],
  ])('%s is of --zone %s: %s', async (from, zone, expected) => {
    expect(await firstOf(from, '--zone', zone)).toEqual([expected, expected]);
  });

  it('begins the timeline', async () => {
    const result = await grid('noon.yaml', '--from', '2026-03-27');
    expect([result.from, result.cells.indexOf(1)]).toEqual(['2026-03-27T00:00:00+01:00', 48]);
  });
});

describe('a zone that nobody names', () => {
  it("is the machine's, and is not taken for known", async () => {
    const { stdout } = await next('0 3 * * *', '--from', '2026-01-01', '-n', '1');
    expect(stdout).toBe(`0 3 * * *  crontab, the machine's zone; shown as if UTC
  At 03:00
  2026-01-01 03:00:00+00:00
`);
    const asked = await next('0 3 * * *', '--from', '2026-01-01', '-n', '1', '--zone', 'UTC');
    expect(asked.stdout).toContain('0 3 * * *  crontab, UTC\n');
  });
});

it.each([
  ['next', ScheduleNext, 'FILE|EXPRESSION'],
  ['timeline', ScheduleTimeline, 'FILE'],
])('schedule %s without its argument names its own help', async (name, command, argument) => {
  const ran = await runCommand(command, `schedule:${name}`, []);
  expect(ran.code).toBe(64);
  expect(ran.stderr).toContain(`error[SP9001]: ${argument} is missing\n`);
  expect(ran.stderr).toContain(`help: see setpoint schedule ${name} --help\n`);
});
