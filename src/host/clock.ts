import type { Millis } from '../model/brand.ts';
import type { Clock } from './ports.ts';

/** setTimeout(3) of Node fires at once beyond 2^31-1 ms. */
const LONGEST = 2 ** 31 - 1;

/** The machine's clock. `now` may jump; waits and durations use `monotonic`. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  sleep,
};

function sleep(ms: Millis, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the contract: rejects with the signal's reason
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      },
      Math.min(ms, LONGEST),
    );
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
