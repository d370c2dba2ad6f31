import { expect, it } from 'vitest';
import { declaredSchedules } from '../../../../src/kinds/schedule/desired-schedules.ts';
import { OWN_LAYOUT } from '../../../../src/kinds/schedule/layout.ts';
import type { ScheduleLayout } from '../../../../src/kinds/schedule/layout.ts';
import type { ScheduleSpec } from '../../../../src/model/plan-file.ts';

function labels(layout: Partial<ScheduleLayout>): readonly string[] {
  const entries = { backup: { schedule: '0 3 * * *' } };
  const rest = {
    kind: 'schedule',
    dialect: 'crontab',
    schema: 'none',
    global: { timezone: 'UTC' },
  };
  const spec = { ...OWN_LAYOUT, ...rest, entries, ...layout } as unknown as ScheduleSpec;
  return declaredSchedules(spec).map(({ label }) => label);
}

it('what plans call an entry tells two lists of one file apart', () => {
  expect(labels({})).toStrictEqual(['entry:backup', 'global:timezone']);
  expect(labels({ scheduleField: 'when' })[0]).toBe('entry:backup');
  expect(labels({ list: ['nightly'] })[0]).toBe('entry@nightly[skill_name]:backup');
  expect(labels({ list: [], key: 'id' })[0]).toBe('entry@[id]:backup');
});
