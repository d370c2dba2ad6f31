import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import { EXIT } from '../../model/outcome.ts';
import { explainStaleness } from '../../plan/change-set/explain-staleness.ts';
import type { Session } from '../session.ts';
import type { ComputedSet } from './compute-change-set.ts';
import { conflictText } from './conflict/conflict-text.ts';
import { findConflicts } from './conflict/find-conflicts.ts';
import { expiryProblem } from './expiry-problem.ts';
import { StaleSetError } from './stale-set-error.ts';

/**
 * A saved set must be exactly what planning gives now. Throws SP3030 (exit 6) with every cause, and for files that someone
 * else edited the three sides: what the set saw, what is on the host, what the set wanted.
 */
export async function requireFresh(
  session: Session,
  saved: ChangeSet,
  now: ComputedSet,
): Promise<void> {
  const expired = expiryProblem(saved, session.host.clock.now());
  if (expired !== null) throw new SetpointError(EXIT.stale, [expired]);
  const causes = explainStaleness(saved, now.set);
  if (causes.length === 0) return;
  const conflicts = await findConflicts(session, saved, now);
  const detail = conflicts.map(conflictText).join('\n');
  throw new StaleSetError(
    {
      code: 'SP3030',
      severity: 'error',
      message: `the change set ${saved.digest.slice(7, 19)} is stale: ${causes.join('; ')}`,
      help: 'plan again and have the new set reviewed: setpoint plan --out FILE',
      ...(detail === '' ? {} : { detail }),
    },
    conflicts,
  );
}
