import { canonicalJson, sha256 } from '../../model/canonical-json.ts';
import type { JsonObject } from '../../model/item.ts';

/** `prev` of the first record. */
const GENESIS = '0'.repeat(64);

/** What a caller records: ISO 8601 time, what happened, and whatever belongs to it; never content or secrets. */
export interface AuditEvent {
  readonly time: string;
  readonly event: string;
  readonly [field: string]: JsonObject[string];
}

/** A link of the chain: the event, its place, and SHA-256 over canonical JSON of all but `hash`. */
export interface AuditRecord extends AuditEvent {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

/** The record that follows `last` (null: the first one). */
export function chainRecord(last: AuditRecord | null, event: AuditEvent): AuditRecord {
  const body = { ...event, seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? GENESIS };
  return { ...body, hash: hashOf(body) };
}

/** One line of `audit.jsonl`, with its line break. */
export function recordLine(record: AuditRecord): string {
  return `${canonicalJson(record)}\n`;
}

/** A whole record whose own hash is right and whose text is the canonical one; null for anything else. */
export function parseRecord(line: string): AuditRecord | null {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || !('hash' in value)) return null;
  const { hash, ...body } = value;
  if (!isBody(body) || hash !== hashOf(body)) return null;
  const record = { ...body, hash } as AuditRecord;
  return recordLine(record) === `${line}\n` ? record : null;
}

/** What is wrong between a record and the one before it (null: the first), or null. */
export function linkProblem(last: AuditRecord | null, record: AuditRecord): string | null {
  if (record.seq !== (last?.seq ?? 0) + 1) {
    return `has number ${record.seq}, expected ${(last?.seq ?? 0) + 1}`;
  }
  return record.prev === (last?.hash ?? GENESIS) ? null : 'does not continue the record before it';
}

function hashOf(body: object): string {
  return sha256(Buffer.from(canonicalJson(body), 'utf8'));
}

function isBody(body: object): body is Omit<AuditRecord, 'hash'> {
  return (
    'seq' in body &&
    Number.isSafeInteger(body.seq) &&
    'prev' in body &&
    typeof body.prev === 'string' &&
    'time' in body &&
    'event' in body
  );
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
