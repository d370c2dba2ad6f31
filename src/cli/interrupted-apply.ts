import { EXIT } from '../model/outcome.ts';
import type { ExitCode, Outcome } from '../model/outcome.ts';
import type { ApplyResult } from '../operations/results.ts';
import { exitCodeFor } from './signals.ts';
import type { InterruptSignal } from './signals.ts';

/** Nothing of these is taken back by a signal that comes too late. */
const DECIDED: ReadonlySet<Outcome> = new Set(['applied', 'awaiting-confirmation']);

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
  const complete = runs.length > 0 && runs.every(({ outcome }) => DECIDED.has(outcome));
  if (complete && notRun.length === 0) return { exitCode, closing: null };
  return { exitCode: exitCodeFor(received), closing: 'revert: done' };
}

const REVERTS = ['done', 'failed', 'handed-over'] as const;

/** What `apply` prints. */
export interface ApplyAnswer extends Omit<ApplyResult, 'leftBehind'> {
  /** What became of the run that a signal reached: the same as the closing line about it. */
  readonly revert?: (typeof REVERTS)[number];
}

/** The result as programs get it. */
export function withRevert(result: ApplyResult, closing: string | null): ApplyAnswer {
  const revert = REVERTS.find((word) => closing === `revert: ${word}`);
  return revert === undefined ? result : { ...result, revert };
}
