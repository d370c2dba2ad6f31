import type { FileHandle } from 'node:fs/promises';

const NEWLINE = 0x0a;

/** Lines of an audit log's first `end` bytes. Not node:readline: it also splits at U+2028, which JSON text may hold. */
export async function* auditLines(handle: FileHandle, end: number): AsyncGenerator<string> {
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
