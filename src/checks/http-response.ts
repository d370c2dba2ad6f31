import type { IncomingMessage } from 'node:http';

/** A body, as far as it was read. */
export interface ReadBody {
  readonly text: string;
  readonly end: 'complete' | 'limit' | 'broken';
}

/** Reads at most `limit` bytes, then drops the connection. Never rejects: what breaks off says so. */
export async function readBody(response: IncomingMessage, limit: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  let end: ReadBody['end'] = 'complete';
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) {
        end = 'limit';
        break;
      }
    }
  } catch {
    // The reason (reset, abort) does not matter to the reader: the text is incomplete either way.
    end = 'broken';
  }
  response.destroy();
  return { text: Buffer.concat(chunks).subarray(0, limit).toString('utf8'), end };
}

/** The first piece of a body that comes, for a message about a bad status. */
export function firstPiece(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    response.once('data', (chunk: Buffer) => {
      resolve(chunk.subarray(0, 1024).toString('utf8'));
      response.destroy();
    });
    response.once('close', () => resolve(''));
    response.on('error', () => resolve(''));
  });
}
