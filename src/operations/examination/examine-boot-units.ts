import { shellLine } from '../../diagnostics/shell-words.ts';
import { bootUnitsUnwanted } from '../recovery/boot-unit-mark.ts';
import { isBootedHost } from '../recovery/reload-systemd.ts';
import { unfinishedUnits, unitStanding, type UnitStanding } from '../recovery/unit-files.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';
import { doubtful, fine } from './finding.ts';

/** Whether a boot settles what a crash of the machine left open. */
export async function bootUnitFinding(session: Session): Promise<Finding> {
  const wanted = isBootedHost(session);
  const standing = unitStanding(session);
  if (!wanted && standing === 'missing') return found('not needed here: no systemd on this root');
  if (standing === 'missing' && bootUnitsUnwanted(session.host.stateDir)) {
    return found('taken away by setpoint install-recovery --remove');
  }
  if (standing === 'installed') return whole(session);
  return doubtful('boot units', WORDS[standing], 'setpoint install-recovery');
}

const WORDS: Readonly<Record<Exclude<UnitStanding, 'installed'>, string>> = {
  missing: 'not installed: a run that is open when the machine crashes waits for the next command',
  stale: 'written for another Node.js, state directory or version of setpoint',
  disabled: 'not enabled: no boot starts them',
};

function whole(session: Session): Finding {
  const left = unfinishedUnits(session);
  if (left.length === 0) return found('installed and enabled');
  const detail = `installed and enabled; left over by an installation that was killed: ${left.join(', ')}`;
  return doubtful('boot units', detail, `unless one is at work (ps): rm -- ${shellLine(left)}`);
}

function found(detail: string): Finding {
  return fine('boot units', detail);
}
