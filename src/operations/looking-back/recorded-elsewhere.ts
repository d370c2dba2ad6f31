import type { AuditRecord } from '../../git/audit/audit-record.ts';
import { TRAILER, trailerValue } from '../../git/record/commit-message.ts';
import type { StateLogEntry } from '../../git/record/state-history.ts';
import type { CommitId } from '../../model/brand.ts';

type ById = ReadonlyMap<CommitId, StateLogEntry>;

/**
 * Of a pull or adopt that the audit log tells of: the commits that another copy of the state directory recorded before, in a log of
 * its own. None where no commit bears the record out: a log that was forged may tell of any. Pure.
 */
export function recordedElsewhere(
  commits: readonly StateLogEntry[],
): (exchange: AuditRecord) => ReadonlySet<CommitId> {
  const byId: ById = new Map(commits.map((entry) => [entry.commit, entry]));
  return ({ hash, event, here, there }) => {
    const bearsOut = ({ trailers, parents }: StateLogEntry): boolean =>
      trailerValue(trailers, TRAILER.auditHead) === hash &&
      event === `state-${trailerValue(trailers, TRAILER.status) ?? ''}` &&
      parents.some((parent) => parent === there);
    if (!commits.some(bearsOut)) return new Set();
    return beneath(byId, there as CommitId, beneath(byId, here as CommitId | null, new Set()));
  };
}

/** A commit and everything beneath it but for `without`. */
function beneath(
  byId: ById,
  top: CommitId | null,
  without: ReadonlySet<CommitId>,
): ReadonlySet<CommitId> {
  const found = new Set<CommitId>();
  const open = top === null ? [] : [top];
  for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
    if (found.has(commit) || without.has(commit)) continue;
    found.add(commit);
    open.push(...(byId.get(commit)?.parents ?? []));
  }
  return found;
}
