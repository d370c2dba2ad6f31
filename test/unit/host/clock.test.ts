import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/host/clock.ts';
import { newRunId } from '../../../src/host/run-id.ts';
import type { Millis } from '../../../src/model/brand.ts';

describe('the system clock', () => {
  test('an aborted sleep rejects with the reason of the signal, at once or later', async () => {
    const reason = new Error('interrupted');
    const aborted = systemClock.sleep(1_000_000 as Millis, AbortSignal.abort(reason));
    await expect(aborted).rejects.toBe(reason);
    const controller = new AbortController();
    const sleeping = systemClock.sleep(1_000_000 as Millis, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  test('a sleep beyond what timers can hold does not return at once', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep((2 ** 31 + 5) as Millis, controller.signal);
    const first = await Promise.race([
      sleeping.catch(() => 'aborted'),
      systemClock.sleep(20 as Millis).then(() => 'still asleep'),
    ]);
    controller.abort();
    expect(first).toBe('still asleep');
  });

  test('a short sleep resolves and leaves the signal alone', async () => {
    await expect(
      systemClock.sleep(1 as Millis, new AbortController().signal),
    ).resolves.toBeUndefined();
  });
});

describe('run ids', () => {
  test('are ULIDs that grow even when the clock stands still or jumps back', () => {
    const times = [5_000_000_000_000, 5_000_000_000_000, 4_999_999_000_000];
    const ids = times.map((time) => newRunId({ now: () => new Date(time) }));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });
});
