import { EXIT } from '../model/outcome.ts';
import type { ExitCode } from '../model/outcome.ts';
import type { ApplyResult } from '../operations/results.ts';
import { exitCodeFor } from './signals.ts';
import type { InterruptSignal } from './signals.ts';

export interface Settled {
  readonly exitCode: ExitCode;
  /** `revert: done` or `revert: failed`, the last line of an interrupted apply; `null` when it was not interrupted. */
  readonly closing: string | null;
}

/**
 * How an apply ends that a signal reached. A failed revert keeps exit 4, because it needs a person whoever caused it; a signal
 * that came after the last decision changed nothing.
 */
export function settled(
  result: Pick<ApplyResult, 'runs' | 'notRun' | 'exitCode'>,
  received: InterruptSignal | null,
): Settled {
  const { runs, notRun, exitCode } = result;
  if (received === null) return { exitCode, closing: null };
  if (exitCode === EXIT.needsPerson) {
    const failed = runs.some(({ outcome }) => outcome === 'revert-failed');
    return { exitCode, closing: failed ? 'revert: failed' : null };
  }
  const complete = runs.length > 0 && runs.every(({ outcome }) => outcome === 'applied');
  if (complete && notRun.length === 0) return { exitCode, closing: null };
  return { exitCode: exitCodeFor(received), closing: 'revert: done' };
}
