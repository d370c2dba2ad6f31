import type { Readable } from 'node:stream';

/** Bytes kept of each output stream; the rest is read and dropped, so that the program never blocks or fails on it. */
export const MAX_OUTPUT_BYTES = 1024 * 1024;

/** Collects the beginning of a stream. The returned function gives the text so far (UTF-8, at most 1 MiB). */
export function collectOutput(stream: Readable | null): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, MAX_OUTPUT_BYTES - size);
    if (kept.length > 0) chunks.push(kept);
    size += kept.length;
  });
  // A stream that breaks has nothing more to give; how the command ended is told by its exit code.
  stream?.on('error', () => undefined);
  return () => Buffer.concat(chunks).toString('utf8');
}
