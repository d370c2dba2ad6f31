import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Sha256 } from '../../model/brand.ts';
import { MAX_FILE_BYTES, sha256 } from '../read-file.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Below this a file is stored as it is: compressing a page saves nothing on the disk. */
const RAW_BELOW = 4096;
/** `setpoint-object 1 <codec> <size of the content>`, one line before the payload. */
const HEADER = /^setpoint-object 1 (raw|gzip) (\d{1,8})\n/;
const HEADER_SPACE = 64;

/** The file of one object: a header line that names the codec, then the payload. */
export async function formatObject(content: Uint8Array): Promise<Uint8Array> {
  const codec = content.length < RAW_BELOW ? 'raw' : 'gzip';
  const payload = codec === 'raw' ? content : await compress(content);
  return Buffer.concat([
    Buffer.from(`setpoint-object 1 ${codec} ${String(content.length)}\n`),
    payload,
  ]);
}

/** The content, when it is the one that `name` says; else `null`. Never gives bytes whose hash is wrong. */
export async function parseObject(file: Uint8Array, name: Sha256): Promise<Uint8Array | null> {
  const head = Buffer.from(file.subarray(0, HEADER_SPACE)).toString('latin1');
  const [line, codec, size] = HEADER.exec(head) ?? [];
  if (line === undefined || Number(size) > MAX_FILE_BYTES) return null;
  const payload = file.subarray(line.length);
  const content = codec === 'raw' ? payload : await unpacked(payload, Number(size));
  return content !== null && sha256(content) === name ? content : null;
}

async function unpacked(payload: Uint8Array, size: number): Promise<Uint8Array | null> {
  try {
    // The limit keeps a damaged stream from filling the memory.
    return await decompress(payload, { maxOutputLength: size + 1 });
  } catch {
    return null;
  }
}
