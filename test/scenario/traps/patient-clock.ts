import type { Clock } from '../../../src/host/ports.ts';
import { systemClock } from '../../../src/host/clock.ts';

/** From here on a sleep is the limit of an attempt, not a pause: nothing hangs in these stories, so it never runs out. */
const LIMIT = 5000;

/** Pauses take no real time; `at` happens, and is awaited, in the first pause that reaches that many milliseconds. */
export function patientClock(at: number, happens: () => Promise<unknown>): Clock {
  let time = 0;
  let happened = false;
  return {
    now: () => systemClock.now(),
    monotonic: () => time,
    async sleep(ms, signal) {
      if (ms >= LIMIT)
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
          if (signal?.aborted === true) reject(signal.reason as Error);
        });
      time += ms;
      if (time < at || happened) return;
      happened = true;
      await happens();
    },
  };
}
