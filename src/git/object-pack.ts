import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** Type number of a blob in a pack (gitformat-pack). */
const BLOB = 3;

/** Object id of `bytes` as a git object of `type`. */
export function objectId(type: 'blob' | 'commit', bytes: Uint8Array): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A pack (gitformat-pack, version 2, nothing deltified) of blobs: one git process can store any number of them. */
export function packBlobs(blobs: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(12);
  head.write('PACK', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(blobs.length, 8);
  const body = blobs.flatMap((blob) => [entryHeader(blob.length), deflateSync(blob)]);
  const pack = Buffer.concat([head, ...body]);
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()]);
}

/** Type and size: four bits of size in the first byte, seven in each further one, least significant first. */
function entryHeader(size: number): Buffer {
  const bytes: number[] = [];
  let byte = (BLOB << 4) | (size % 16);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
    rest = Math.floor(rest / 128);
  }
  bytes.push(byte);
  return Buffer.from(bytes);
}
