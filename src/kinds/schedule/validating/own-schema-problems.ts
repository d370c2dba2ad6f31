import { quoted } from '../../../diagnostics/printable.ts';
import { suggestion } from '../../../diagnostics/suggest.ts';
import type { JsonValue } from '../../../model/item.ts';
import { validateScheduleFile } from '../../../generated/schedule-file-validator.js';
import { typeInWords } from '../type-in-words.ts';
import { OWN_LAYOUT } from '../layout.ts';
import { calledAt } from './entry-name.ts';
import { knownKeys } from './known-keys.ts';
import { problem } from './problem.ts';
import type { ScheduleProblem, ValuePath } from './problem.ts';
import type { SchemaError } from './schema-check.ts';
import { pathOf, valueAt } from './value-at.ts';

/** A document against schemas/schedule-file.schema.json: one sentence for each place. */
export function ownSchemaProblems(document: JsonValue): readonly ScheduleProblem[] {
  if (validateScheduleFile(document)) return [];
  const judged = new Set<string>();
  return (validateScheduleFile.errors ?? []).flatMap((error) => {
    const about = keyProblem(document, error);
    if (about !== null) return [about];
    if (judged.has(error.instancePath)) return [];
    judged.add(error.instancePath);
    return [valueProblem(document, error)];
  });
}

function keyProblem(document: JsonValue, error: SchemaError): ScheduleProblem | null {
  const path = pathOf(document, error.instancePath);
  const where = calledAt(document, path, OWN_LAYOUT);
  if (error.keyword === 'required') {
    const key = String(error.params['missingProperty']);
    return problem('SP2220', path, `${quoted(key)} is missing in ${where}`, NEEDED[key] ?? null);
  }
  if (error.keyword !== 'additionalProperties') return null;
  const key = String(error.params['additionalProperty']);
  const known = knownKeys(path);
  const help = suggestion(key, known) ?? `known here: ${known.join(', ')}`;
  const message = `unknown key ${quoted(key)} in ${where}`;
  return problem('SP2221', [...path, key], message, help, 'key');
}

const NEEDED: Readonly<Record<string, string>> = {
  version: 'write version: "1.0.0"',
  schedules: 'write schedules: [] for no entry',
  skill_name: 'give the entry a name of letters, digits, _ and -',
  schedule: 'say when it runs, e.g. schedule: "0 3 * * *"',
};

function valueProblem(document: JsonValue, error: SchemaError): ScheduleProblem {
  const path = pathOf(document, error.instancePath);
  const where = calledAt(document, path, OWN_LAYOUT);
  const value = valueAt(document, path);
  if (error.keyword === 'type') {
    const what = TYPES[String(error.params['type'])] ?? 'another value';
    const message = `${where} must be ${what}, not ${typeInWords(value)}`;
    return problem(typeCode(path), path, message, quotesHelp(error, value));
  }
  if (path.at(-1) === 'skill_name') return nameProblem(path, value);
  const limit = error.params['limit'] ?? error.params['allowedValues'];
  return problem('SP2223', path, `${where} ${LIMITS[error.keyword]?.(limit) ?? 'is not valid'}`);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

/** By the keyword of JSON Schema: what it says of the value. */
const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  minLength: () => 'is empty',
  maxLength: (limit) => `is longer than ${String(limit)} characters`,
  maxItems: (limit) => `has more than ${String(limit)} entries`,
  minimum: (limit) => `must be ${String(limit)} or more`,
  maximum: (limit) => `must be ${String(limit)} or less`,
  enum: (choices) => `must be one of ${Array.isArray(choices) ? choices.join(', ') : ''}`,
  pattern: () => 'must be a version such as 1.0.0',
};

function typeCode(path: ValuePath): 'SP2222' | 'SP2228' {
  return path.length === 3 && path[2] === 'params' ? 'SP2228' : 'SP2222';
}

function quotesHelp({ params }: SchemaError, value: JsonValue | undefined): string | null {
  const plain = typeof value === 'number' || typeof value === 'boolean';
  return params['type'] === 'string' && plain ? 'put it in quotes' : null;
}

function nameProblem(path: ValuePath, value: JsonValue | undefined): ScheduleProblem {
  const text = typeof value === 'string' ? value : '';
  const bad = [...text.matchAll(/[^a-zA-Z0-9_-]/gu)][0];
  const help = 'letters a-z and A-Z, digits, _ and -, at most 128';
  if (bad === undefined) {
    const said = text === '' ? 'a name is empty' : `a name has ${text.length} characters`;
    return problem('SP2224', path, said, help);
  }
  const message = `${quoted(bad[0])} cannot be in a name: ${quoted(text)}`;
  const piece = { column: bad.index + 1, length: bad[0].length };
  return { ...problem('SP2224', path, message, help), piece };
}
