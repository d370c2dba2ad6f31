import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CommitId } from '../../model/brand.ts';
import type { AuditRecord } from './audit-record.ts';

const DID: Readonly<Record<string, string>> = {
  'state-pulled': 'put back to what the remote had (state pull)',
  'state-adopted': 'kept, on top of what the remote had (state adopt)',
};

/** A record of `state pull` or `state adopt`: from it on two copies of the state directory have one history, and two logs. */
export function isExchange({ event }: AuditRecord): boolean {
  return event in DID;
}

/** Takes from `missing` (hash → commit) the heads that were recorded on other copies, with a warning for each exchange that tells of them. */
export function onOtherCopies(
  exchanges: readonly AuditRecord[],
  missing: Map<string, CommitId>,
  elsewhere: (exchange: AuditRecord) => ReadonlySet<CommitId>,
): readonly Diagnostic[] {
  return exchanges.flatMap((exchange): readonly Diagnostic[] => {
    if (missing.size === 0) return [];
    const commits = elsewhere(exchange);
    const found = [...missing].filter(([, commit]) => commits.has(commit));
    for (const [hash] of found) missing.delete(hash);
    return found.length === 0 ? [] : [told(exchange, found.length)];
  });
}

function told({ event, time, here, there, actor }: AuditRecord, count: number): Diagnostic {
  const from = typeof here === 'string' ? here.slice(0, 12) : 'nothing';
  const who = typeof actor === 'string' ? actor : 'unknown';
  const to = typeof there === 'string' ? there.slice(0, 12) : 'unknown';
  const records =
    count === 1
      ? '1 record that its commits name is'
      : `${count} records that its commits name are`;
  return {
    code: 'SP5051',
    severity: 'warning',
    message: `audit log: the record of this host was ${DID[event] ?? event} on ${time} by ${who}: here it was at ${from}, there at ${to}; ${records} in the log of another copy of the state directory`,
    help: 'Where nobody of yours did that, find out who did it; keep what a backup of the state directory has of the other log.',
  };
}
