import { readFile } from 'node:fs/promises';

import type { JsonValue } from '../model/item.ts';
import type { Variables } from '../model/plan-file.ts';
import { reasonFor } from './file-error.ts';
import { usageError } from './usage-error.ts';

/** Variables of a command line: files in order, then `--var` in order; the last one wins. Throws usage errors. */
export async function readVariables(
  files: readonly string[],
  assignments: readonly string[],
): Promise<Variables> {
  const variables: Record<string, JsonValue> = {};
  for (const file of files) Object.assign(variables, await readVariableFile(file));
  for (const assignment of assignments) {
    const { name, value } = parseAssignment(assignment);
    variables[name] = value;
  }
  return variables;
}

function parseAssignment(text: string): { name: string; value: JsonValue } {
  const split = text.indexOf('=');
  const name = text.slice(0, Math.max(split, 0));
  if (!/^[A-Za-z_][\w-]*$/.test(name)) {
    throw usageError(
      'SP9006',
      `--var ${text}: expected name=value`,
      'for example --var retention=30',
    );
  }
  return { name, value: plainScalar(text.slice(split + 1)) };
}

/**
 * The value of plain text by the core schema of YAML 1.2 (section 10.3.2), as plan files are read; quotes make a text.
 * Integers that a number cannot hold exactly stay text, so that no digit is lost. An empty value is an empty text.
 */
export function plainScalar(text: string): string | number | boolean | null {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (/^(~|null|Null|NULL)$/.test(trimmed)) return null;
  if (/^(true|True|TRUE)$/.test(trimmed)) return true;
  if (/^(false|False|FALSE)$/.test(trimmed)) return false;
  if (/^([-+]?\d+|0o[0-7]+|0x[\dA-Fa-f]+)$/.test(trimmed)) {
    const number = Number(trimmed);
    return Number.isSafeInteger(number) ? unsignedZero(number) : text;
  }
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(trimmed)) {
    const number = Number(trimmed);
    return Number.isFinite(number) ? unsignedZero(number) : text;
  }
  return unquoted(trimmed) ?? text;
}

/** YAML reads `-0` as a negative zero, which no comparison and no JSON text tells from zero. */
function unsignedZero(number: number): number {
  return number + 0;
}

function unquoted(text: string): string | null {
  if (/^'([^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/s.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    // Not a JSON string: then the quotes belong to the text.
    return null;
  }
}

async function readVariableFile(file: string): Promise<Record<string, JsonValue>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError('SP9007', `--var-file ${file}: ${reasonFor(error)}`);
  });
  const { parseVariableFile } = await import('./variable-file.ts');
  const { value, problem } = parseVariableFile(text);
  if (problem !== null) throw usageError('SP9007', `--var-file ${file}: ${problem}`);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw usageError('SP9007', `--var-file ${file}: expected one mapping of names to values`);
  }
  return value as Record<string, JsonValue>;
}
