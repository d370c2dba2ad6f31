import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { ChangeSet } from '../model/change-set.ts';
import { reasonFor } from './file-error.ts';
import { usageError } from './usage-error.ts';

/**
 * Whether an argument names a saved change set instead of a plan: `-`, a name ending in `.json`, or an existing file that
 * starts like JSON.
 */
export function namesChangeSet(argument: string): boolean {
  if (argument === '-' || argument.endsWith('.json')) return true;
  try {
    return statSync(argument).isFile() && startsLikeJson(argument);
  } catch {
    // No such file, or none that may be looked at: then it is the name of a plan.
    return false;
  }
}

function startsLikeJson(file: string): boolean {
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(64);
    const length = readSync(fd, buffer);
    return buffer.toString('utf8', 0, length).trimStart().startsWith('{');
  } finally {
    closeSync(fd);
  }
}

/** Reads and checks a saved change set; `-` is standard input. Throws exit 64 when it cannot be read, 65 or 6 when not valid. */
export async function loadChangeSet(file: string): Promise<ChangeSet> {
  const text = file === '-' ? await readStandardInput() : await readFileText(file);
  const { readChangeSet } = await import('../operations/read-change-set.ts');
  return readChangeSet(text, file === '-' ? 'standard input' : file);
}

async function readFileText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = reasonFor(error as NodeJS.ErrnoException);
    throw usageError('SP9008', `${file}: ${reason}`, 'setpoint plan --out FILE writes one');
  }
}

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw usageError('SP9008', '- reads a change set from standard input, which is a terminal');
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
