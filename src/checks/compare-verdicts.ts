import type { CheckResult } from '../model/check.ts';

/**
 * Whether a revert is verified: every revert gate is green, or was no better before: red, or not judged (the gate
 * is new, or has no phase `before`).
 */
export function atLeastAsGood(
  before: readonly CheckResult[],
  revert: readonly CheckResult[],
): boolean {
  const green = new Set(before.filter((r) => r.verdict === 'green').map((r) => r.id));
  return revert.every((result) => result.verdict === 'green' || !green.has(result.id));
}
