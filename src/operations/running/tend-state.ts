import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { RunReport } from '../../model/outcome.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { pushRecorded } from '../state/push-recorded.ts';
import { configIfAny } from '../workspace/config-if-any.ts';

/**
 * After runs, outside their transactions, under the run lock: many packs of the recorded state become one, and the remote gets what
 * it lacks. Not while a run waits for a person: its guardian may record it at any moment. Gives warnings, never throws.
 */
export async function tendState(
  session: Session,
  lock: HeldLock,
  runs: readonly RunReport[],
  known: WorkspaceConfig | null = null,
): Promise<readonly Diagnostic[]> {
  if (runs.some(({ outcome }) => outcome === 'awaiting-confirmation')) return [];
  const config = known ?? (await configIfAny(session));
  const pushed = config === null ? [] : await pushRecorded(session, lock, config);
  return [...(await packTogether(session, lock)), ...pushed];
}

async function packTogether(session: Session, lock: HeldLock): Promise<readonly Diagnostic[]> {
  try {
    await openState(session, lock).packTogether();
    return [];
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return error.diagnostics.map((one) => ({ ...one, severity: 'warning' }));
  }
}
