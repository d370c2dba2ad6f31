import type { CheckResult } from '../model/check.ts';

/**
 * Whether a revert is verified: every revert gate is as good as it was before, or was not judged then (the gate is new, or has no
 * phase `before`). Green is best; what answers without letting us in is at least alive, which is better than red.
 */
export function atLeastAsGood(
  before: readonly CheckResult[],
  revert: readonly CheckResult[],
): boolean {
  const known = new Map(before.map((result) => [result.id, rank(result)]));
  return revert.every((result) => rank(result) >= (known.get(result.id) ?? 0));
}

function rank({ verdict, state }: CheckResult): number {
  if (verdict === 'green') return 2;
  return state === 'unauthenticated' ? 1 : 0;
}
