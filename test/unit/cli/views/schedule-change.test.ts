import { expect, it } from 'vitest';
import { planView } from '../../../../src/cli/views/plan-view.ts';
import type { ScheduleChange } from '../../../../src/operations/scheduling/results.ts';
import { changeSet, file, item, part, planResult } from '../fixture.ts';

const PATH = '/etc/jobs.yaml';

const side = (schedule: string, words: string, next: readonly string[]) => ({
  schedule,
  dialect: 'crontab' as const,
  zone: 'Europe/Berlin',
  enabled: true,
  words,
  next,
});

function change(key: string, more: Partial<ScheduleChange> = {}): ScheduleChange {
  return {
    plan: 'jobs',
    path: PATH,
    key,
    name: key.replace('entry:', ''),
    before: side('0 3 * * *', 'At 03:00', [
      '2026-03-29T03:00:00+02:00',
      '2026-03-30T03:00:00+02:00',
    ]),
    after: side('0 4 * * *', 'At 04:00', [
      '2026-03-29T04:00:00+02:00',
      '2026-03-30T04:00:00+02:00',
    ]),
    moved: null,
    ...more,
  };
}

it('a plan shows when a changed schedule fires before and after, below its item', () => {
  const changed = item('change', 'backup', 'a', 'b', {
    path: PATH as never,
    key: 'entry:backup' as never,
  });
  const set = changeSet([part('jobs', { items: [changed], files: [file(PATH)] })]);
  const never = side('0 0 30 2 *', 'At 00:00', []);
  const text = planView(
    planResult(set, {
      schedules: [
        change('entry:backup'),
        change('entry:report', { before: null, after: { ...never, zone: null } }),
        change('entry:other', { plan: 'another' }),
      ],
    }),
    { color: false, width: Infinity, verbose: false, diff: false, compact: false, next: null },
  );
  expect(text).toContain(`    ~ backup: a → b
      fires so far: At 03:00: 2026-03-29 03:00:00+02:00, 2026-03-30 03:00:00+02:00 (crontab, Europe/Berlin)
      will fire:    At 04:00: 2026-03-29 04:00:00+02:00, 2026-03-30 04:00:00+02:00 (crontab, Europe/Berlin)
    · report: its schedule is 0 0 30 2 *
      will fire:    At 00:00: no run is known (crontab, the machine's zone; shown as if UTC)
`);
  expect(text).not.toContain('other');
});

const REPORT = side('0 3 1,15 * *', 'At 03:00, on day 1 and 15 of the month', [
  '2026-04-01T03:00:00+02:00',
  '2026-04-15T03:00:00+02:00',
  '2026-05-01T03:00:00+02:00',
]);

function linesAt(width: number, more: Partial<ScheduleChange>): string {
  const changed = item('change', 'backup', 'a', 'b', {
    path: PATH as never,
    key: 'entry:backup' as never,
  });
  const set = changeSet([part('jobs', { items: [changed], files: [file(PATH)] })]);
  const schedules = [change('entry:backup', more)];
  const options = { color: false, verbose: false, diff: false, compact: false, next: null };
  const lines = planView(planResult(set, { schedules }), { ...options, width }).split('\n');
  const [first, end] = [lines.indexOf('    ~ backup: a → b') + 1, lines.indexOf('', 4)];
  return lines.slice(first, end).join('\n');
}

it('its lines are as wide as the terminal, and no run is broken', () => {
  expect(linesAt(80, { before: null, after: REPORT })).toBe(`\
      will fire:    At 03:00, on day 1 and 15 of the month:
                    2026-04-01 03:00:00+02:00, 2026-04-15 03:00:00+02:00,
                    2026-05-01 03:00:00+02:00 (crontab, Europe/Berlin)`);
  expect(linesAt(40, { before: null, after: REPORT })).toBe(`\
      will fire:    At 03:00, on day 1
        and 15 of the month:
        2026-04-01 03:00:00+02:00,
        2026-04-15 03:00:00+02:00,
        2026-05-01 03:00:00+02:00
        (crontab, Europe/Berlin)`);
});

it('tells what is off by its words, without runs that it will not have', () => {
  expect(linesAt(Infinity, { before: REPORT, after: { ...REPORT, enabled: false } })).toContain(
    'will fire:    not while it is off; At 03:00, on day 1 and 15 of the month (crontab, Europe/Berlin)',
  );
});

it.each([
  ['global:timezone', 'entry:poll', 'Asia/Tokyo', true],
  ['ops/poll:timeZone', 'ops/poll:schedule', 'Asia/Tokyo', true],
  ['ops/poll:suspend', 'ops/poll:schedule', 'Europe/Berlin', false],
])('%s changes when another schedule fires, and is named as why', (cause, key, zone, enabled) => {
  const changed = item('change', 'it', 'a', 'b', { path: PATH as never, key: cause as never });
  const set = changeSet([part('jobs', { items: [changed], files: [file(PATH)] })]);
  const after = { ...side('0 3 * * *', 'At 03:00', []), zone, enabled };
  const schedules = [
    change(key, { name: 'poll', before: { ...REPORT, schedule: '0 3 * * *' }, after }),
  ];
  const options = { color: false, verbose: false, diff: false, compact: false, next: null };
  const text = planView(planResult(set, { schedules }), { ...options, width: Infinity });
  expect(text).toContain(`\n    · poll: stays 0 3 * * * and fires otherwise because of ${cause}\n`);
});
