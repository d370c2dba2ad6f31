import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { RunReport } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';

/**
 * After runs, outside their transactions, under the run lock: many packs of the recorded state become one. Not while a run waits for
 * a person: its guardian may record it at any moment. Gives warnings, never throws.
 */
export async function tendState(
  session: Session,
  lock: HeldLock,
  runs: readonly RunReport[],
): Promise<readonly Diagnostic[]> {
  if (runs.some(({ outcome }) => outcome === 'awaiting-confirmation')) return [];
  try {
    await openState(session, lock).packTogether();
    return [];
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return error.diagnostics.map((one) => ({ ...one, severity: 'warning' }));
  }
}
