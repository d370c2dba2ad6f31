import { createHash } from 'node:crypto';
import type { Digest, Sha256 } from './brand.ts';

/**
 * JSON text that is the same for equal values: keys sorted by UTF-16 code units, no white space (RFC 8785). Members that are
 * `undefined` are left out, as JSON.stringify does. Throws TypeError for what JSON cannot hold (bytes, NaN, bigint, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`canonical JSON has no ${describe(value)}`);
}

/** `sha256:<hex>` over the canonical JSON of `value`. Throws like canonicalJson. */
export function digestOf(value: unknown): Digest {
  return `sha256:${sha256(Buffer.from(canonicalJson(value), 'utf8'))}` as Digest;
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? (value.constructor?.name ?? 'object')
    : typeof value;
}
