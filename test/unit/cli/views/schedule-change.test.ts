import { expect, it } from 'vitest';
import { planView } from '../../../../src/cli/views/plan-view.ts';
import type { ScheduleChange } from '../../../../src/operations/scheduling/results.ts';
import { changeSet, file, item, part, planResult } from '../fixture.ts';

const PATH = '/etc/jobs.yaml';

const side = (schedule: string, words: string, next: readonly string[]) => ({
  schedule,
  dialect: 'crontab' as const,
  zone: 'Europe/Berlin',
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
    ~ report: as written
      will fire:    At 00:00: no run is known (crontab, zone of the machine, here UTC)
`);
  expect(text).not.toContain('other');
});
