import { setBootUnitsUnwanted } from './recovery/boot-unit-mark.ts';
import { placeProgram } from './recovery/place-program.ts';
import { reloadSystemd } from './recovery/reload-systemd.ts';
import { removeUnits, unitDirectory, unitsFor, writeUnits } from './recovery/unit-files.ts';
import type { InstallRecoveryResult } from './recovery/results.ts';
import { underRunLock } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

/** `print`: change nothing, show the units. */
export type InstallMode = 'install' | 'print' | 'remove';

/**
 * Puts the recovery program and two boot units in place, or takes the units away; done twice, the second time changes nothing.
 * Errors: SetpointError exit 5 (lock); SP4231, SP601x, SP6051 (exit 1).
 */
export async function installRecovery(
  session: Session,
  mode: InstallMode,
): Promise<InstallRecoveryResult> {
  if (mode === 'print') return resultOf(session, []);
  return underRunLock(session, 'install-recovery', async () => {
    const { stateDir } = session.host;
    if (mode === 'install') await placeProgram(session.host);
    const changed = await (mode === 'install' ? writeUnits(session) : removeUnits(session));
    await setBootUnitsUnwanted(stateDir, mode === 'remove');
    if (changed.length > 0) await reloadSystemd(session);
    return resultOf(session, changed);
  });
}

function resultOf(session: Session, changed: readonly string[]): InstallRecoveryResult {
  const units = unitsFor(session).map(({ name, text }) => ({ name, text }));
  return { directory: session.host.root.toHost(unitDirectory(session)), units, changed };
}
