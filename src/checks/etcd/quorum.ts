import type { Answer } from '../context.ts';

/** A member that votes; learners do not. */
export interface Voter {
  readonly name: string;
  /** Why it is not healthy; null when it is. */
  readonly trouble: string | null;
}

/**
 * Raft needs more than half of the voting members. Good when that many are healthy and `spare` of them may be lost: one where a
 * change restarts a member, none where it restarts what only uses the cluster. A cluster of one member has none to spare.
 */
export function judgeQuorum(voters: readonly Voter[], spare: 0 | 1 = 1): Answer {
  const healthy = voters.filter(({ trouble }) => trouble === null).length;
  const quorum = Math.floor(voters.length / 2) + 1;
  const ill = voters.flatMap(({ name, trouble }) =>
    trouble === null ? [] : [`${name}: ${trouble}`],
  );
  const counted = `${healthy} of ${voters.length} members healthy, quorum needs ${quorum}`;
  const why = ill.length === 0 ? '' : ` (${ill.join('; ')})`;
  if (voters.length === 0) return { good: false, detail: 'the member list is empty' };
  if (healthy < quorum) return { good: false, detail: `no quorum: ${counted}${why}` };
  if (voters.length > 1 && healthy - spare < quorum) {
    const detail = `no member may be lost: ${counted}${why}; bring the others back first, or say \`--allow-unhealthy\``;
    return { good: false, detail };
  }
  return { good: true, detail: `${counted}${why}` };
}
