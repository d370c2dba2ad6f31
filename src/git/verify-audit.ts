import type { FileHandle } from 'node:fs/promises';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { auditFile, openAudit, quarantineFile, quarantinedBytes } from './audit-log.ts';
import { linkProblem, parseRecord } from './audit-record.ts';
import type { AuditRecord } from './audit-record.ts';
import { readTail } from './audit-tail.ts';

/** Broken lines shown: a rewritten log breaks every one. */
const SHOWN = 20;
const NEWLINE = 0x0a;

export interface VerifiedAudit {
  readonly records: number;
  /** Null for an empty or missing log. */
  readonly head: string | null;
}

/**
 * Checks every hash, link and number of `<dir>/audit.jsonl`. Fails with an SP5051 for each broken line (the first 20); an
 * incomplete last line and a quarantine are SP5050 warnings. Whether records were cut off the end, only the `Audit-Head`
 * trailers of the state commits tell.
 */
export async function verifyAudit(dir: string): Promise<Result<VerifiedAudit>> {
  const handle = await openAudit(dir);
  if (handle === null) return ok({ records: 0, head: null });
  try {
    const tail = await readTail(handle);
    const problems: Diagnostic[] = [];
    let last: AuditRecord | null = null;
    let line = 0;
    for await (const text of linesOf(handle, tail.end)) {
      line += 1;
      const record = parseRecord(text);
      const problem =
        record === null ? 'is no record, or its hash does not fit' : linkProblem(last, record);
      if (problem !== null) problems.push(brokenLine(dir, line, problem));
      last = record ?? last;
    }
    if (problems.length > 0) return fail(...problems.slice(0, SHOWN));
    const warnings = await incomplete(dir, tail.torn.length);
    return ok({ records: line, head: last?.hash ?? null }, warnings);
  } finally {
    await handle.close();
  }
}

/** Lines of the first `end` bytes. Not node:readline: it also splits at U+2028, which JSON text may hold. */
async function* linesOf(handle: FileHandle, end: number): AsyncGenerator<string> {
  if (end === 0) return;
  let rest: Buffer = Buffer.alloc(0);
  const input = handle.createReadStream({ start: 0, end: end - 1, autoClose: false });
  for await (const chunk of input) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
      yield bytes.toString('utf8', start, at);
      start = at + 1;
    }
    rest = bytes.subarray(start);
  }
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
