import type { Readable, Writable } from 'node:stream';

/**
 * Asks a running git as its answers come: what later questions are about is in earlier answers. `answered` gets each piece of
 * output and gives the next questions, an empty text while it waits for more, or null when it has no further ones.
 */
export interface Dialogue {
  readonly first: string;
  readonly answered: (output: Buffer) => string | null;
}

/** Collects a stream; `tooMuch` is called when it gives more than `limit` bytes, of which no more are kept. */
export function collectAll(stream: Readable, limit: number, tooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
}

/** Carries a dialogue on until it has no more questions; then git gets the end of its input. */
export function carryOn({ first, answered }: Dialogue, ask: Writable, answers: Readable): void {
  let open = true;
  answers.on('data', (output: Buffer) => {
    if (!open) return;
    const questions = answered(output);
    open = questions !== null;
    if (questions === null) ask.end();
    else if (questions !== '') ask.write(questions);
  });
  ask.write(first);
}
