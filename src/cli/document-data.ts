import { readFile } from 'node:fs/promises';

import type { JsonValue } from '../model/item.ts';
import { reasonFor } from './file-error.ts';
import { usageError } from './usage-error.ts';

/** The data of a YAML or JSON file; `-` is standard input. Throws SP9026 (exit 64), and with line and column what is neither (65). */
export async function readDocumentData(file: string): Promise<JsonValue> {
  const bytes = file === '-' ? await readStandardInput() : await readBytes(file);
  const { parseDocumentData } = await import('../operations/documents/parse-document-data.ts');
  return parseDocumentData(bytes, file === '-' ? 'standard input' : file);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
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
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
