import { existsSync, watch } from 'node:fs';
import type { Clock } from '../../host/ports.ts';
import type { Millis, RealPath } from '../../model/brand.ts';
import type { RunFolder } from './run-folder.ts';

/**
 * `decided`: somebody made the decision. `expired`: the time is up. `stopped`: the waiting process was told to end. `gone`: the run is
 * not in its place any more.
 */
export type WaitEnd = 'decided' | 'expired' | 'stopped' | 'gone';

/** Waits until the decision of a run exists, or until `left` (milliseconds, monotonic) is over. Never rejects. */
export type AwaitConfirmation = (
  folder: Pick<RunFolder, 'dir' | 'decision'>,
  left: Millis,
) => Promise<WaitEnd>;

/**
 * The waiting of a guardian; `stop` (SIGTERM, a shutdown) ends it at once. Sleeps until the kernel tells of a file or the timer
 * fires; then `isThere` says whether the names it knows still mean the run.
 */
export function confirmationWait(
  clock: Pick<Clock, 'sleep'>,
  stop: AbortSignal,
  isThere: () => boolean = () => true,
): AwaitConfirmation {
  return async ({ dir, decision }, left) => {
    const over = new AbortController();
    const ended = await Promise.race([
      fileExists(dir, decision, { over: over.signal, isThere }).then((): WaitEnd => 'decided'),
      clock.sleep(left, over.signal).then((): WaitEnd => 'expired'),
      aborted(stop, over.signal).then((): WaitEnd => 'stopped'),
    ]);
    over.abort();
    if (!isThere()) return 'gone';
    return existsSync(decision) ? 'decided' : ended;
  };
}

interface Watching {
  readonly over: AbortSignal;
  readonly isThere: () => boolean;
}

/** Resolves when `file` in `dir` exists, or at an event in a `dir` that has been moved away; pends for ever after `over`. */
function fileExists(dir: RealPath, file: RealPath, { over, isThere }: Watching): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (existsSync(file) || !isThere()) resolve();
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
