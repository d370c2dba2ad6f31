import { createReadStream } from 'node:fs';

import type { Readable } from 'node:stream';

import type { JsonValue } from '../model/item.ts';
import { reasonFor } from './file-error.ts';
import { usageError } from './usage-error.ts';

/** Larger than any document. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The data of a YAML or JSON file; `-` is standard input. Throws SP9026 (exit 64), and with line and column what is neither (65). */
export async function readDocumentData(file: string): Promise<JsonValue> {
  const bytes = file === '-' ? await readStandardInput() : await readBytes(file);
  const { parseDocumentData } = await import('../operations/documents/parse-document-data.ts');
  return parseDocumentData(bytes, file === '-' ? 'standard input' : file);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await firstBytes(createReadStream(file));
  } catch (error) {
    const reason = reasonFor(error as NodeJS.ErrnoException);
    throw usageError('SP9026', `${file}: ${reason}`, 'name a file with the new data');
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) {
    const message = 'the new data is read from standard input, which is a terminal';
    throw usageError('SP9026', message, 'give --from FILE');
  }
  return firstBytes(process.stdin);
}

/** As much as the parser takes, and what it needs to refuse the rest: a pipe or a device may never end. */
async function firstBytes(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}
