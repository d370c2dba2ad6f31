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
 * incomplete last line and a quarantine are SP5050 warnings. `named` is the hash that the newest state commit gives as the log's
 * head (its `Audit-Head` trailer): a sound log without that record was replaced or cut, which is an SP5051 too.
 */
export async function verifyAudit(
  dir: string,
  named: string | null = null,
): Promise<Result<VerifiedAudit>> {
  const handle = await openAudit(dir);
  if (handle === null) {
    return named === null ? ok({ records: 0, head: null }) : fail(replaced(dir, 'is gone', named));
  }
  try {
    const tail = await readTail(handle);
    const problems: Diagnostic[] = [];
    let last: AuditRecord | null = null;
    let line = 0;
    let found = named === null;
    for await (const text of auditLines(handle, tail.end)) {
      line += 1;
      const record = parseRecord(text);
      const problem =
        record === null ? 'is no record, or its hash does not fit' : linkProblem(last, record);
      if (problem !== null) problems.push(brokenLine(dir, line, problem));
      found ||= record?.hash === named;
      last = record ?? last;
    }
    if (!found && named !== null) {
      problems.unshift(replaced(dir, 'was replaced or cut', named));
    }
    if (problems.length > 0) return fail(...problems.slice(0, SHOWN));
    const warnings = await incomplete(dir, tail.torn.length);
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
