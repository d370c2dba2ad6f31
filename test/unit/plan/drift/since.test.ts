import { describe, expect, it } from 'vitest';
import { driftSince } from '../../../../src/plan/drift/since.ts';

const [RUN, EDIT, CHMOD] = ['2026-11-01', '2026-11-02', '2026-11-03'].map(
  (day) => `${day}T00:00:00.000Z`,
) as [string, string, string];

describe('since when a file differs', () => {
  it.each([
    ['the content changed, later its mode', EDIT, CHMOD, EDIT],
    ['a copy kept an old time of its content', '2020-01-01T00:00:00.000Z', CHMOD, CHMOD],
    ['the time of the content was set to the future', '2030-01-01T00:00:00.000Z', CHMOD, CHMOD],
    ['only the time of any change is known', null, CHMOD, CHMOD],
    ['the clock jumped back', '2026-10-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z', null],
    ['nothing is known', null, null, null],
  ])('%s', (_title, modified, changed, before) => {
    expect(driftSince({ recorded: RUN, modified, changed })).toEqual({ after: RUN, before });
  });

  it('without the time of the run there is an upper bound only', () => {
    expect(driftSince({ recorded: null, modified: EDIT, changed: CHMOD })).toEqual({
      after: null,
      before: EDIT,
    });
  });
});
