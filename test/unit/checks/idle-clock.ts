import type { Clock } from '../../../src/host/ports.ts';
import type { Millis } from '../../../src/model/brand.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Time that jumps to the next timer whenever the event loop has nothing else to do: waits cost no real time. */
export class IdleClock implements Clock {
  #time = 0;
  readonly #timers = new Set<Timer>();

  now(): Date {
    return new Date(this.#time);
  }

  monotonic(): number {
    return this.#time;
  }

  get pending(): number {
    return this.#timers.size;
  }

  sleep(ms: Millis, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const abort = (): void => {
        this.#timers.delete(timer);
        reject(signal?.reason as Error);
      };
      const timer: Timer = {
        at: this.#time + ms,
        fire: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#timers.add(timer);
      setImmediate(() => this.#advance(timer));
    });
  }

  /** Each timer has an immediate of its own; the earliest of all pending ones fires. */
  #advance(own: Timer): void {
    if (!this.#timers.has(own)) return;
    const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
    if (next === undefined) return;
    this.#timers.delete(next);
    this.#time = Math.max(this.#time, next.at);
    next.fire();
    if (next !== own) setImmediate(() => this.#advance(own));
  }
}
