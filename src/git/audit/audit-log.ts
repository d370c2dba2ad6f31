import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { chainRecord, recordLine } from './audit-record.ts';
import type { AuditEvent } from './audit-record.ts';
import { lastRecord, readTail } from './audit-tail.ts';
import type { AuditTail } from './audit-tail.ts';
import { fsyncPath } from '../objects/durable-directory.ts';
import { requireOwnFile } from '../../host/own-file.ts';
import { errnoOf, stateError } from '../state-error.ts';

export interface Appended {
  /** Hash of the new last record: the `Audit-Head` trailer. */
  readonly head: string;
  /** Bytes of an incomplete last record that were moved to `audit.quarantine`; usually 0. */
  readonly quarantined: number;
}

export function auditFile(dir: string): string {
  return join(dir, 'audit.jsonl');
}

export function quarantineFile(dir: string): string {
  return join(dir, 'audit.quarantine');
}

/**
 * Appends an event to `<dir>/audit.jsonl` (0600, a chain of SHA-256 hashes), durable when it resolves. An incomplete last line,
 * as a power loss leaves it, is first moved to `audit.quarantine`. Only under the run lock. Throws SP5051 when the last record
 * was tampered with, SP5052 when the file system refuses (the log is then as before).
 */
export async function appendAudit(dir: string, event: AuditEvent): Promise<Appended> {
  try {
    const handle = await openLog(auditFile(dir), APPENDING);
    try {
      const tail = await readTail(handle);
      const record = chainRecord(lastRecord(tail, auditFile(dir)), event);
      if (tail.torn.length > 0) await quarantine(dir, handle, tail);
      await append(handle, tail.end, Buffer.from(recordLine(record), 'utf8'));
      if (tail.end === 0) await fsyncPath(dir);
      return { head: record.hash, quarantined: tail.torn.length };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    throw refused(dir, 'written', error);
  }
}

function refused(dir: string, what: 'read' | 'written', error: unknown) {
  return stateError('SP5052', {
    message: `the audit log ${auditFile(dir)} cannot be ${what}: ${error instanceof Error ? error.message : ''}`,
    help: 'Repair the cause (disk space, permission, mount), then run the command again.',
    cause: error,
  });
}

/** Hash of the last whole record, null when there is none. Takes no lock and changes nothing. Throws SP5051 as appendAudit. */
export async function auditHead(dir: string): Promise<string | null> {
  const handle = await openAudit(dir);
  if (handle === null) return null;
  try {
    return lastRecord(await readTail(handle), auditFile(dir))?.hash ?? null;
  } finally {
    await handle.close();
  }
}

/** The log opened for reading; null when there is none. Throws SP5052. */
export async function openAudit(dir: string): Promise<FileHandle | null> {
  try {
    return await openLog(auditFile(dir), constants.O_RDONLY);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw refused(dir, 'read', error);
  }
}

const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
const APPENDING = O_RDWR | O_APPEND | O_CREAT;

/** Without waiting: a named pipe in its place would never let go. */
async function openLog(file: string, flags: number): Promise<FileHandle> {
  const handle = await open(file, flags | O_NONBLOCK, 0o600);
  try {
    requireOwnFile(await handle.stat(), file);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Bytes in the quarantine; 0 when there is none. */
export async function quarantinedBytes(dir: string): Promise<number> {
  try {
    return (await stat(quarantineFile(dir))).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function quarantine(dir: string, log: FileHandle, tail: AuditTail): Promise<void> {
  const handle = await openLog(quarantineFile(dir), APPENDING);
  try {
    await handle.appendFile(Buffer.concat([tail.torn, Buffer.from('\n')]));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fsyncPath(dir);
  await log.truncate(tail.end);
  await log.datasync();
}

async function append(handle: FileHandle, end: number, line: Buffer): Promise<void> {
  try {
    await handle.appendFile(line);
    await handle.datasync();
  } catch (error) {
    // A full disk may have taken half of the line. Should this fail too, the next append quarantines it.
    await handle.truncate(end).catch(() => undefined);
    throw error;
  }
}
