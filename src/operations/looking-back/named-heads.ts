import { TRAILER, trailerValue } from '../../git/record/commit-message.ts';
import type { StateLogEntry } from '../../git/record/state-history.ts';
import type { NamedHead } from '../../git/audit/verify-audit.ts';

/** Heads of the audit log that state commits name, in the order of the commits. Commits of one run can name the same. */
export function namedHeads(commits: readonly StateLogEntry[]): readonly NamedHead[] {
  return commits.flatMap(({ commit, trailers }) => {
    const hash = trailerValue(trailers, TRAILER.auditHead);
    return hash === null ? [] : [{ hash, commit }];
  });
}
