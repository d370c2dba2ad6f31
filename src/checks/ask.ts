import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { Clock } from '../host/ports.ts';
import type { Millis } from '../model/brand.ts';
import type { Answer, Check } from './context.ts';
import { errorText, shortDuration } from './one-line.ts';

/** How long an attempt that was told to end may take for it (a command's process group is ended, then killed). */
const TIME_TO_END = 5000 as Millis;

/**
 * One attempt of at most `limit`. The attempt's own signal is aborted at the limit or with `signal`; its end is awaited, so
 * that nothing of it runs on beside what follows. What a check throws is a bad answer.
 */
export async function ask(
  check: Check,
  limit: Millis,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answer | 'aborted'> {
  if (signal.aborted) return 'aborted';
  const attempt = new AbortController();
  const timers = new AbortController();
  const interrupt = (): void => attempt.abort(signal.reason);
  signal.addEventListener('abort', interrupt, { once: true });
  let late = false;
  const limited = pause(clock, limit, timers.signal).then((over) => {
    if (!over) return;
    late = true;
    attempt.abort(new Error('the attempt took too long'));
  });
  const ended = new Promise<void>((resolve) => {
    attempt.signal.addEventListener('abort', () => {
      void pause(clock, TIME_TO_END, timers.signal).then(() => resolve());
    });
  });
  const detail = `no answer within ${shortDuration(limit)}`;
  const noAnswer: Answer = { good: false, late: true, detail };
  try {
    const answer = await Promise.race([
      answerOf(check, attempt.signal),
      ended.then(() => noAnswer),
    ]);
    if (signal.aborted) return 'aborted';
    return late ? noAnswer : answer;
  } finally {
    signal.removeEventListener('abort', interrupt);
    timers.abort();
    await limited;
  }
}

/** Sleeps; false when aborted before the time was over. */
export async function pause(clock: Clock, ms: Millis, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

async function answerOf(check: Check, signal: AbortSignal): Promise<Answer> {
  try {
    return await check.attempt(signal);
  } catch (error) {
    const detail =
      error instanceof SetpointError
        ? error.diagnostics.map((d) => `${d.message} (${d.code})`).join('; ')
        : errorText(error);
    return { good: false, detail };
  }
}
