import type { FileHandle } from 'node:fs/promises';
import { parseRecord } from './audit-record.ts';
import type { AuditRecord } from './audit-record.ts';
import { stateError } from '../state-error.ts';

const NEWLINE = 0x0a;
/** Bytes read at a time from the end. */
const STEP = 64 * 1024;

/** The end of an audit log: its last line, and what a power loss left behind it. */
export interface AuditTail {
  /** Last whole line without its line break; null in an empty log. */
  readonly line: string | null;
  /** Offset behind it, in bytes. */
  readonly end: number;
  /**
   * An incomplete line: without its line break, or with the zero bytes of a block that never reached the disk. There is one at
   * most, because every append is synced before the next.
   */
  readonly torn: Buffer;
}

/** Reads the end of the log, as far back as two lines reach. */
export async function readTail(handle: FileHandle): Promise<AuditTail> {
  const { size } = await handle.stat();
  let bytes = Buffer.alloc(0);
  let start = size;
  while (start > 0 && !holdsTwoLines(bytes)) {
    const from = Math.max(0, start - STEP);
    const chunk = Buffer.alloc(start - from);
    await handle.read(chunk, 0, chunk.length, from);
    bytes = Buffer.concat([chunk, bytes]);
    start = from;
  }
  let end = bytes.lastIndexOf(NEWLINE) + 1;
  const last = lineBefore(bytes, end);
  if (end === bytes.length && last?.includes(0)) end -= last.length + 1;
  const line = lineBefore(bytes, end);
  return {
    line: line === null ? null : line.toString('utf8'),
    end: start + end,
    torn: bytes.subarray(end),
  };
}

/** The record in a log's last whole line; null in an empty log. Throws SP5051 when that line is no right record. */
export function lastRecord(tail: AuditTail, file: string): AuditRecord | null {
  if (tail.line === null) return null;
  const record = parseRecord(tail.line);
  if (record !== null) return record;
  throw stateError('SP5051', {
    message: `the last record of the audit log ${file} was changed: its hash does not fit`,
    help: `Compare it with the Audit-Head trailers of the state commits, keep it as evidence (mv ${file} ${file}.broken), then run the command again: a new log begins.`,
  });
}

function holdsTwoLines(bytes: Buffer): boolean {
  let breaks = 0;
  for (let at = bytes.lastIndexOf(NEWLINE); at >= 0 && breaks < 3; breaks += 1) {
    at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1);
  }
  return breaks >= 3;
}

function lineBefore(bytes: Buffer, end: number): Buffer | null {
  if (end === 0) return null;
  const start = end === 1 ? 0 : bytes.lastIndexOf(NEWLINE, end - 2) + 1;
  return bytes.subarray(start, end - 1);
}
