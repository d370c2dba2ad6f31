import { TRAILER, trailerValue } from '../../git/record/commit-message.ts';
import type { StateLogEntry } from '../../git/record/state-history.ts';
import { verifyAudit } from '../../git/audit/verify-audit.ts';
import { namedHeads } from '../looking-back/named-heads.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';
import { broken, doubtful, fine } from './finding.ts';

/** Commits looked at for an `Audit-Head`: every commit of a run has one, unless the log could not be read at that time. */
const COMMITS = 20;

/** Whether the audit log is whole: its own chain, and that it is the log that the recorded state goes on from. */
export async function auditLog(session: Session): Promise<Finding> {
  // What is wrong with the recorded state is a finding of its own.
  const commits = await openState(session)
    .log(COMMITS)
    .catch(() => null);
  const named = namedHeads(sinceTaken(commits ?? []));
  const verified = await verifyAudit(session.host.stateDir, named, { older: 'warning' });
  if (!verified.ok) {
    return broken(
      'audit log',
      verified.diagnostics.map((d) => d.message).join('; '),
      verified.diagnostics[0]?.help ?? 'keep a copy and find out who changed it',
    );
  }
  const [warning, ...more] = verified.warnings ?? [];
  if (warning !== undefined) {
    const told = [warning, ...more].map(({ message }) => message).join('; ');
    return doubtful('audit log', told, warning.help ?? `setpoint explain ${warning.code}`);
  }
  const compared = commits === null ? ', not compared with the recorded state' : '';
  return fine('audit log', `the chain is unbroken${compared}`);
}

/** Commits down to a `state pull` or `state adopt`: what is beneath was recorded with another machine's log, or an earlier one. */
function sinceTaken(commits: readonly StateLogEntry[]): readonly StateLogEntry[] {
  const taken = commits.findIndex(({ trailers }) =>
    ['pulled', 'adopted'].includes(trailerValue(trailers, TRAILER.status) ?? ''),
  );
  return taken < 0 ? commits : commits.slice(0, taken + 1);
}
