import type { FileHandle } from 'node:fs/promises';
import type { RunId } from '../../model/brand.ts';
import { openAudit } from './audit-log.ts';
import { parseRecord } from './audit-record.ts';
import type { AuditRecord } from './audit-record.ts';
import { readTail } from './audit-tail.ts';

const NEWLINE = 0x0a;

/** Lines of the first `end` bytes. Not node:readline: it also splits at U+2028, which JSON text may hold. */
export async function* linesOf(handle: FileHandle, end: number): AsyncGenerator<string> {
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

export interface AuditOfRun {
  /** In the order in which they were written. */
  readonly rows: readonly AuditRecord[];
  /** Numbers of the lines that name the run but are no record whose hash fits. */
  readonly damaged: readonly number[];
}

/** What the audit log says about one run; the chain between the rows is not checked. Takes no lock. Throws SP5052. */
export async function auditOfRun(dir: string, run: RunId): Promise<AuditOfRun> {
  const rows: AuditRecord[] = [];
  const damaged: number[] = [];
  const handle = await openAudit(dir);
  if (handle === null) return { rows, damaged };
  try {
    let line = 0;
    for await (const text of linesOf(handle, (await readTail(handle)).end)) {
      line += 1;
      // Only few lines of a long log have to be parsed.
      if (!text.includes(run)) continue;
      const record = parseRecord(text);
      if (record === null) damaged.push(line);
      else if (record['run'] === run) rows.push(record);
    }
    return { rows, damaged };
  } finally {
    await handle.close();
  }
}
