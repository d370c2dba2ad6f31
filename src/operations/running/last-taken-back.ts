import { runsOf } from '../history-entry.ts';
import type { RunTakenBack } from '../looking-back/results.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';

/** The newest commits of a host; those of drift that was recorded since belong to no run. */
const LOOKED_AT = 16;

/**
 * The last run that recorded anything, if it was taken back: who finds nothing open after a killed apply wants to know what became
 * of it. Null also where the record cannot be read, for to recover must not fail over that.
 */
export async function lastTakenBack(session: Session): Promise<RunTakenBack | null> {
  try {
    const runs = runsOf(await openState(session).log(LOOKED_AT));
    const last = runs.find(({ run }) => run !== null);
    if (last === undefined || last.run === null || last.outcome !== 'reverted') return null;
    return { run: last.run, plan: last.plan, at: last.at };
  } catch {
    return null;
  }
}
