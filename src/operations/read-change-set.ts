import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { validateChangeSet } from '../generated/change-set-validator.js';
import type { ChangeSet } from '../model/change-set.ts';
import { EXIT } from '../model/outcome.ts';
import { changeSetDigest } from '../plan/change-set/assemble.ts';

/**
 * Parses and checks a saved change set: JSON, format version, shape, digest over its content. `name` is for messages.
 * Throws SP3031: exit 65 when it is not one, 6 when its content was altered or another version is needed.
 */
export function readChangeSet(text: string, name: string): ChangeSet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(
      EXIT.invalidPlan,
      `${name} is not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'string' && version !== '1.0') {
    throw refusal(
      EXIT.stale,
      `${name} has format version ${version}; this setpoint reads version 1.0`,
    );
  }
  if (!validateChangeSet(value)) {
    const [first] = validateChangeSet.errors ?? [];
    const where =
      first === undefined ? '' : `: ${first.instancePath || 'the document'} ${first.message ?? ''}`;
    throw refusal(EXIT.invalidPlan, `${name} is not a change set${where}`);
  }
  const set = value as ChangeSet;
  if (changeSetDigest(set) !== set.digest) {
    throw refusal(
      EXIT.stale,
      `the content of ${name} does not match its digest: it was edited or cut`,
    );
  }
  return set;
}

function refusal(exitCode: number, message: string): SetpointError {
  const help = 'make a new one: setpoint plan --out FILE';
  const diagnostic: Diagnostic = { code: 'SP3031', severity: 'error', message, help };
  return new SetpointError(exitCode, [diagnostic]);
}
