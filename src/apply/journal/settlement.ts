import type { CheckResult } from '../../model/check.ts';
import type { SettledBy } from '../../model/outcome.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';

/** A person's choice for a run whose revert failed, as the journal keeps it while it is carried out. */
export interface Settlement extends SettledBy {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Set once every file is what was chosen and health was looked at; whoever goes on makes these very commits. */
  readonly judged?: Judged;
}

export interface Judged {
  readonly commits: readonly StateCommitSpec[];
  readonly checks: readonly CheckResult[];
  /** Gates were red or skipped, or an action failed. */
  readonly unproven: boolean;
  /** Why, one sentence; `null` when all was well. */
  readonly trouble: string | null;
}

/** Without what only the journal needs. */
export function settledBy({ choice, actor, reason }: Settlement): SettledBy {
  return { choice, actor, reason };
}
