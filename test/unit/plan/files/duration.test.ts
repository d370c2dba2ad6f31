import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../../src/plan/files/duration.ts';

describe('durations', () => {
  it.each([
    ['300s', 300_000],
    ['1m30s', 90_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['1h1m1s1ms', 3_661_001],
    ['0.0015s', 2],
  ])('%s is %i ms', (text, millis) => {
    expect(parseDuration(text)).toBe(millis);
  });

  it.each(['', '5', '1h30', '-1s', '1 s', '1d', 's', '1.s', '.5s', '1e3s', '1us'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});
