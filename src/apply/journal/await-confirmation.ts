import { existsSync, watch } from 'node:fs';
import type { Clock } from '../../host/ports.ts';
import type { Millis, RealPath } from '../../model/brand.ts';
import type { RunFolder } from './run-folder.ts';

/** `decided`: somebody made the decision. `expired`: the time is up. `stopped`: the waiting process was told to end. */
export type WaitEnd = 'decided' | 'expired' | 'stopped';

/** Waits until the decision of a run exists, or until `left` (milliseconds, monotonic) is over. Never rejects. */
export type AwaitConfirmation = (
  folder: Pick<RunFolder, 'dir' | 'decision'>,
  left: Millis,
) => Promise<WaitEnd>;

/** The waiting of a guardian; `stop` (SIGTERM, a shutdown) ends it at once. Sleeps until the kernel tells of a file or the timer fires. */
export function confirmationWait(
  clock: Pick<Clock, 'sleep'>,
  stop: AbortSignal,
): AwaitConfirmation {
  return async ({ dir, decision }, left) => {
    const over = new AbortController();
    const ended = await Promise.race([
      fileExists(dir, decision, over.signal).then((): WaitEnd => 'decided'),
      clock.sleep(left, over.signal).then((): WaitEnd => 'expired'),
      aborted(stop, over.signal).then((): WaitEnd => 'stopped'),
    ]);
    over.abort();
    return existsSync(decision) ? 'decided' : ended;
  };
}

/** Resolves when `file` in `dir` exists; pends for ever after `over`. */
function fileExists(dir: RealPath, file: RealPath, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (existsSync(file)) resolve();
    };
    try {
      // A watch that breaks off leaves the timer.
      watch(dir, { signal: over }, look).on('error', look);
    } catch {
      // No inotify instance is left on this machine: the timer is, and the decision still counts when it fires.
    }
    look();
  });
}

function aborted(stop: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true, signal: over });
  });
}
