import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

import type { Ran } from './run-command.ts';

const schema = JSON.parse(readFileSync('schemas/output.schema.json', 'utf8')) as object;
const validate = new Ajv2020({ strict: false }).compile(schema);

export interface ParsedEnvelope {
  readonly ok: boolean;
  readonly command: string;
  readonly result?: unknown;
  readonly error?: { readonly exitCode: number; readonly code: string; readonly message: string };
}

/** The envelope on stdout; fails when it does not fit the published schema. */
export function envelope(ran: Ran): ParsedEnvelope {
  const value: unknown = JSON.parse(ran.stdout);
  expect(validate(value) ? [] : validate.errors).toEqual([]);
  return value as ParsedEnvelope;
}
