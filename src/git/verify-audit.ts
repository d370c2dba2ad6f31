import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { auditLines } from './audit-lines.ts';
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
}

/**
 * Checks every hash, link and number of `<dir>/audit.jsonl`. Fails with an SP5051 for each broken line (the first 20); an
 * incomplete last line and a quarantine are SP5050 warnings. `named` are the hashes that state commits give as the log's head
 * (`Audit-Head` trailers), newest first. A sound log without the newest was replaced or cut, which is an SP5051 too; one that lacks an
 * older one began anew since, which is an SP5051 warning: whoever did it may have been told to.
 */
export async function verifyAudit(
  dir: string,
  named: readonly string[] = [],
): Promise<Result<VerifiedAudit>> {
  const [newest] = named;
  const handle = await openAudit(dir);
  if (handle === null) {
    return newest === undefined
      ? ok({ records: 0, head: null })
      : fail(replaced(dir, 'is gone', newest));
  }
  try {
    const tail = await readTail(handle);
    const problems: Diagnostic[] = [];
    const missing = new Set(named);
    let last: AuditRecord | null = null;
    let line = 0;
    for await (const text of auditLines(handle, tail.end)) {
      line += 1;
      const record = parseRecord(text);
      const problem =
        record === null ? 'is no record, or its hash does not fit' : linkProblem(last, record);
      if (problem !== null) problems.push(brokenLine(dir, line, problem));
      missing.delete(record?.hash ?? '');
      last = record ?? last;
    }
    if (newest !== undefined && missing.has(newest)) {
      problems.unshift(replaced(dir, 'was replaced or cut', newest));
    }
    if (problems.length > 0) return fail(...problems.slice(0, SHOWN));
    const anew = [...missing].slice(0, 1).map((hash) => beganAnew(dir, hash));
    const warnings = [...anew, ...(await incomplete(dir, tail.torn.length))];
    return ok({ records: line, head: last?.hash ?? null }, warnings);
  } finally {
    await handle.close();
  }
}

function replaced(dir: string, what: string, named: string): Diagnostic {
  return {
    code: 'SP5051',
    severity: 'error',
    message: `audit log: ${auditFile(dir)} ${what}: no record ${named.slice(0, 12)}, which the last state commit names`,
    help: 'Find out who did it, and put the log back from a backup of the state directory.',
  };
}

function beganAnew(dir: string, named: string): Diagnostic {
  return {
    code: 'SP5051',
    severity: 'warning',
    message: `audit log: ${auditFile(dir)} began anew: no record ${named.slice(0, 12)}, which an earlier state commit names`,
    help: 'Where nobody of yours set the earlier log aside, find out who did it; keep what a backup of the state directory has of it.',
  };
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
