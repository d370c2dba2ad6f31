import { fingerprint, judge, type Facts, type Violation } from './judge.ts';
import type { Recovered } from './recover-scenario.ts';

/**
 * Recovers the host under `root` with `recover`, judges it, and recovers again: that must find nothing and change nothing.
 * Gives every broken promise.
 */
export async function settleAndJudge(
  root: string,
  recover: (root: string) => Promise<Recovered>,
  facts: Facts = {},
): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const first = await recover(root);
  if (first.error !== null) violations.push({ rule: 'recovery succeeds', detail: first.error });
  if (first.outcomes.some((outcome) => outcome.includes('open'))) {
    violations.push({ rule: 'recovery settles', detail: first.outcomes.join(', ') });
  }
  return [...violations, ...(await judgeSettled(root, recover, facts))];
}

/** Judges a host on which everything is settled already: a recovery must find nothing and change nothing. */
export async function judgeSettled(
  root: string,
  recover: (root: string) => Promise<Recovered>,
  facts: Facts = {},
): Promise<readonly Violation[]> {
  const violations = [...(await judge(root, facts))];
  const before = fingerprint(root);
  const again = await recover(root);
  if (again.error !== null || again.outcomes.length > 0) {
    const detail = again.error ?? again.outcomes.join(', ');
    violations.push({ rule: 'a second recovery has nothing to do', detail });
  }
  const after = fingerprint(root);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  if (changed.length > 0) {
    violations.push({ rule: 'a second recovery changes nothing', detail: changed.join(', ') });
  }
  return violations;
}
