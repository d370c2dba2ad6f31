import { once, EventEmitter } from 'node:events';
import type { EventOf, KubeletEvent, KubeletListener, LoggedEvent } from './kubelet-event.ts';

export interface EventLog {
  readonly add: KubeletListener;
  /** All of them, in order. */
  readonly events: () => readonly LoggedEvent[];
  /** First event, past ones included from `since` on, that `matches`. Rejects after `timeout` ms (default 10 s). */
  readonly waitFor: <T extends KubeletEvent['type']>(
    type: T,
    options?: WaitOptions<T>,
  ) => Promise<EventOf<T>>;
}

export interface WaitOptions<T extends KubeletEvent['type']> {
  readonly matches?: (event: EventOf<T>) => boolean;
  /** Index in `events()`. */
  readonly since?: number;
  readonly timeout?: number;
}

export function createEventLog(listener: KubeletListener = () => {}): EventLog {
  const log: LoggedEvent[] = [];
  const emitter = new EventEmitter();
  return {
    add(event) {
      log.push({ ...event, at: Date.now() });
      listener(event);
      emitter.emit('event');
    },
    events: () => log,
    waitFor: (type, options) => waitForEvent(log, emitter, type, options ?? {}),
  };
}

async function waitForEvent<T extends KubeletEvent['type']>(
  log: readonly LoggedEvent[],
  emitter: EventEmitter,
  type: T,
  options: WaitOptions<T>,
): Promise<EventOf<T>> {
  const deadline = AbortSignal.timeout(options.timeout ?? 10_000);
  let seen = options.since ?? 0;
  for (;;) {
    for (; seen < log.length; seen += 1) {
      const event = log[seen];
      if (event?.type !== type) continue;
      const found = event as EventOf<T>;
      if (options.matches?.(found) ?? true) return found;
    }
    try {
      await once(emitter, 'event', { signal: deadline });
    } catch {
      throw new Error(`no ${type} event came; the kubelet saw:\n${JSON.stringify(log, null, 1)}`);
    }
  }
}
