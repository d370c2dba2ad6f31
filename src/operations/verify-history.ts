import { verifyAudit } from '../git/audit/verify-audit.ts';
import { EXIT } from '../model/outcome.ts';
import { namedHeads } from './looking-back/named-heads.ts';
import { recordedElsewhere } from './looking-back/recorded-elsewhere.ts';
import { openState } from './open-state.ts';
import type { HistoryVerifyResult } from './results.ts';
import type { Session } from './session.ts';
import { tellLostRecord } from './state/lost-record.ts';
import { configIfAny } from './workspace/config-if-any.ts';

/**
 * Whether the audit log is whole: its own hash chain, and that every head that any state commit names is a record of it, but for
 * commits of another copy of the state directory that a pull or adopt joined. Exit 1 when it is not. Takes no lock and changes
 * nothing; one git process reads the commits, the log is read once, line by line.
 */
export async function verifyHistory(session: Session): Promise<HistoryVerifyResult> {
  const commits = await openState(session).log(Number.POSITIVE_INFINITY);
  const named = namedHeads(commits);
  const elsewhere = recordedElsewhere(commits);
  const verified = await verifyAudit(session.host.stateDir, named, { elsewhere });
  const compared = { host: session.hostName, commits: commits.length, named: named.length };
  if (!verified.ok) {
    const { diagnostics: problems } = verified;
    return { ...compared, audit: null, problems, exitCode: EXIT.failed };
  }
  const { value, warnings = [] } = verified;
  const lost =
    commits.length === 0 ? await tellLostRecord(session, await configIfAny(session), null) : [];
  return { ...compared, audit: value, problems: [...lost, ...warnings], exitCode: EXIT.done };
}
