import { expect } from 'vitest';

import { schemaErrors } from '../../scenario/rig/output-schema.ts';
import type { Ran } from './run-command.ts';

export interface ParsedEnvelope {
  readonly ok: boolean;
  readonly command: string;
  readonly result?: unknown;
  readonly error?: { readonly exitCode: number; readonly code: string; readonly message: string };
}

/** The envelope on stdout; fails when it does not fit the published schema. */
export function envelope(ran: Ran): ParsedEnvelope {
  const value: unknown = JSON.parse(ran.stdout);
  expect(schemaErrors(value)).toEqual([]);
  return value as ParsedEnvelope;
}
