import { expect, it } from 'vitest';
import { scheduleTimelineView } from '../../../../src/cli/views/schedule-timeline-view.ts';

it('a timeline fits a terminal of 40 columns', () => {
  const cells = Array.from({ length: 96 }, (_, at) => (at % 8 === 1 ? 2 : 0));
  const text = scheduleTimelineView(
    {
      from: '2026-01-01T22:00:00+01:00',
      zone: 'Europe/Berlin',
      days: 1,
      cellMinutes: 15,
      cells,
      skipped: [],
      twice: [],
      schedules: 2,
      runs: 24,
      busiest: null,
    },
    { color: false, width: 40, verbose: false },
  );
  expect(text.split('\n').slice(3, 8)).toEqual([
    '     22 01 04 07 10 13 16 19',
    ':00  ........................',
    ':15  #.#.#.#.#.#.#.#.#.#.#.#.',
    ':30  ........................',
    ':45  ........................',
  ]);
});
