import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { bootUnitsUnwanted } from './boot-unit-mark.ts';
import { reloadSystemd } from './reload-systemd.ts';
import type { Session } from '../session.ts';
import { unitStanding, writeUnits } from './unit-files.ts';

/**
 * Boot units for a host that has none yet, or some of another version; what a person disabled or took away stays so. Gives what
 * to tell: that they were installed, or that they could not be, which stops nothing.
 */
export async function ensureBootUnits(session: Session): Promise<readonly Diagnostic[]> {
  try {
    const standing = unitStanding(session);
    const wanted = standing === 'missing' || standing === 'stale';
    if (!wanted || bootUnitsUnwanted(session.host.stateDir)) return [];
    const changed = await writeUnits(session);
    await reloadSystemd(session);
    return [installed(changed)];
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return [notInstalled(error)];
  }
}

function installed(units: readonly string[]): Diagnostic {
  return {
    code: 'SP6052',
    severity: 'note',
    message: `installed ${units.join(' and ')}: after a crash of the machine they settle what was open (setpoint install-recovery --remove)`,
  };
}

function notInstalled({ diagnostics }: SetpointError): Diagnostic {
  const reason = diagnostics.map(({ message }) => message).join('; ');
  return {
    code: 'SP6051',
    severity: 'warning',
    message: `no boot units: ${reason}`,
    help: 'Run `setpoint install-recovery` once the cause is gone, or `setpoint install-recovery --remove` to do without.',
  };
}
