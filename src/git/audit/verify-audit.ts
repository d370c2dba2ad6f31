import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { CommitId } from '../../model/brand.ts';
import { isExchange, onOtherCopies } from './other-copies.ts';
import { linesOf } from './audit-lines.ts';
import { auditFile, openAudit, quarantineFile, quarantinedBytes } from './audit-log.ts';
import { linkProblem, parseRecord } from './audit-record.ts';
import type { AuditRecord } from './audit-record.ts';
import { readTail } from './audit-tail.ts';

/** Broken lines shown: a rewritten log breaks every one. */
const SHOWN = 20;

export interface VerifiedAudit {
  readonly records: number;
  /** Null for an empty or missing log. */
  readonly head: string | null;
  /** Number of the newest record that one of the named heads is; what follows it is bound by the chain alone. 0: none. */
  readonly bound: number;
}

/** A head of the log as a state commit gives it: its `Audit-Head` trailer. */
export interface NamedHead {
  readonly hash: string;
  readonly commit: CommitId;
}

/** Which heads a sound log may lack, with a warning. */
export interface Leniency {
  /** `warning`: those before the newest. It began anew since, and whoever did it may have been told to. */
  readonly older?: 'error' | 'warning';
  /** Of a pull or adopt in the log: the commits that were recorded with another copy of it. */
  readonly elsewhere?: (exchange: AuditRecord) => ReadonlySet<CommitId>;
}

/**
 * Checks every hash, link and number of `<dir>/audit.jsonl`. Fails with an SP5051 for each broken line (the first 20); an
 * incomplete last line and a quarantine are SP5050 warnings. Each of `named`, the heads that state commits give (newest first),
 * has to be a record of it: a sound log without them was replaced or cut, which is an SP5051 too. Throws SP5052.
 */
export async function verifyAudit(
  dir: string,
  named: readonly NamedHead[] = [],
  { older = 'error', elsewhere }: Leniency = {},
): Promise<Result<VerifiedAudit>> {
  const missing = new Map(named.map(({ hash, commit }) => [hash, commit]));
  const handle = await openAudit(dir);
  if (handle === null) {
    const none = { records: 0, head: null, bound: 0 };
    return missing.size === 0 ? ok(none) : fail(replaced(dir, 'is gone', missing));
  }
  try {
    const tail = await readTail(handle);
    const read = await readRecords(linesOf(handle, tail.end), missing, dir);
    const { problems, exchanges, records, head, bound } = read;
    const otherCopies = elsewhere === undefined ? [] : onOtherCopies(exchanges, missing, elsewhere);
    const anew = older === 'warning' && !missing.has(named[0]?.hash ?? '');
    if (missing.size > 0 && !anew) {
      problems.unshift(replaced(dir, 'was replaced or cut', missing));
    }
    if (problems.length > 0) return fail(...problems.slice(0, SHOWN));
    const torn = await incomplete(dir, tail.torn.length);
    const warnings = [...otherCopies, ...beganAnew(dir, missing), ...torn];
    return ok({ records, head, bound }, warnings);
  } finally {
    await handle.close();
  }
}

interface ReadRecords extends VerifiedAudit {
  readonly problems: Diagnostic[];
  readonly exchanges: readonly AuditRecord[];
}

/** Each line of the log in its turn; takes the heads that are there from `missing`. */
async function readRecords(
  lines: AsyncIterable<string>,
  missing: Map<string, CommitId>,
  dir: string,
): Promise<ReadRecords> {
  const problems: Diagnostic[] = [];
  const exchanges: AuditRecord[] = [];
  let last: AuditRecord | null = null;
  let records = 0;
  let bound = 0;
  for await (const text of lines) {
    records += 1;
    const record = parseRecord(text);
    const problem =
      record === null ? 'is no record, or its hash does not fit' : linkProblem(last, record);
    if (problem !== null) problems.push(brokenLine(dir, records, problem));
    if (record === null) continue;
    if (missing.delete(record.hash)) bound = record.seq;
    if (isExchange(record)) exchanges.push(record);
    last = record;
  }
  return { problems, exchanges, records, head: last?.hash ?? null, bound };
}

/** `missing`: hash → the oldest commit that names it. */
function replaced(dir: string, what: string, missing: ReadonlyMap<string, CommitId>): Diagnostic {
  const [[hash, commit] = ['', '']] = missing;
  const more = missing.size === 1 ? '' : `, nor ${missing.size - 1} more that earlier ones name`;
  return {
    code: 'SP5051',
    severity: 'error',
    message: `audit log: ${auditFile(dir)} ${what}: no record ${hash.slice(0, 12)}, which state commit ${commit.slice(0, 12)} names${more}`,
    help: 'Find out who did it, and put the log back from a backup of the state directory.',
  };
}

function beganAnew(dir: string, missing: ReadonlyMap<string, CommitId>): readonly Diagnostic[] {
  return [...missing].slice(0, 1).map(([hash]) => ({
    code: 'SP5051',
    severity: 'warning',
    message: `audit log: ${auditFile(dir)} began anew: no record ${hash.slice(0, 12)}, which an earlier state commit names`,
    help: 'Where nobody of yours set the earlier log aside, find out who did it; keep what a backup of the state directory has of it.',
  }));
}

function brokenLine(dir: string, line: number, problem: string): Diagnostic {
  return {
    code: 'SP5051',
    severity: 'error',
    message: `audit log: line ${line} ${problem}`,
    at: { file: auditFile(dir), line, column: 1 },
    help: 'Compare with the Audit-Head trailers of the state commits: they name the head of the log at that time.',
  };
}

async function incomplete(dir: string, torn: number): Promise<readonly Diagnostic[]> {
  const warnings: Diagnostic[] = [];
  if (torn > 0) {
    warnings.push({
      code: 'SP5050',
      severity: 'warning',
      message: `the last ${torn} bytes of ${auditFile(dir)} are no whole record`,
      help: 'The next run moves them to audit.quarantine.',
    });
  }
  const aside = await quarantinedBytes(dir);
  if (aside > 0) {
    warnings.push({
      code: 'SP5050',
      severity: 'warning',
      message: `${quarantineFile(dir)} holds ${aside} bytes of incomplete records`,
      help: 'Look at it, then remove it. Without a power failure at that time, someone may have edited the log.',
    });
  }
  return warnings;
}
