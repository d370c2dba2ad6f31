import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** Type numbers in a pack (gitformat-pack). */
const TYPES = { tree: 2, blob: 3 } as const;

export interface GitObject {
  readonly type: keyof typeof TYPES;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Object id of `bytes` as a git object of `type`. */
export function objectId(type: 'blob' | 'tree' | 'commit', bytes: Uint8Array): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}

export function blobObject(bytes: Uint8Array): GitObject {
  return { type: 'blob', id: objectId('blob', bytes), bytes };
}

/** A pack (gitformat-pack, version 2, nothing deltified): one git process can store any number of objects. */
export function packObjects(objects: readonly GitObject[]): Buffer {
  const head = Buffer.alloc(12);
  head.write('PACK', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objects.length, 8);
  const body = objects.flatMap(({ type, bytes }) => [
    entryHeader(TYPES[type], bytes.length),
    deflateSync(bytes),
  ]);
  const pack = Buffer.concat([head, ...body]);
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()]);
}

/** Type and size: four bits of size in the first byte, seven in each further one, least significant first. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (type << 4) | (size % 16);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
    rest = Math.floor(rest / 128);
  }
  bytes.push(byte);
  return Buffer.from(bytes);
}
