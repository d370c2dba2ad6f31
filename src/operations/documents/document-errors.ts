import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { printableLine } from '../../diagnostics/printable.ts';
import { EXIT } from '../../model/outcome.ts';
import { shown } from '../library/check-arguments.ts';
import { isVersion, NO_FILE, type DocumentVersion } from './document-version.ts';
import type { NotJson } from './json-data.ts';

/** What a document is not, exit 65: nothing was written. */
export function invalid(problems: readonly Diagnostic[]): SetpointError {
  return new SetpointError(EXIT.invalidPlan, problems);
}

/** Throws SP9025 (exit 64) for what no `readDocument` gave. */
export function requireVersion(version: string): void {
  if (isVersion(version)) return;
  const message = `${shown(version)} is no version of a document: it is a SHA-256 in lower-case hex, or absent`;
  const help = 'give the version that reading the document gave';
  throw new SetpointError(EXIT.usage, [{ code: 'SP9025', severity: 'error', message, help }]);
}

/** SP2320, exit 6. */
export function changedSince(
  path: string,
  expected: DocumentVersion,
  found: DocumentVersion,
): SetpointError {
  const was = expected === NO_FILE ? 'it was not there' : `version ${expected.slice(0, 12)}`;
  const is = found === NO_FILE ? 'it is not there' : `version ${found.slice(0, 12)}`;
  const message = `${printableLine(path)} was changed since it was read: ${was}, now ${is}`;
  const help = 'Read it again, do your change to what it holds now, and write that.';
  return new SetpointError(EXIT.stale, [{ code: 'SP2320', severity: 'error', message, help }]);
}

/** SP2322, exit 65. */
export function notJsonData(path: string, problems: readonly NotJson[]): SetpointError {
  return invalid(
    problems.map(({ pointer, why }) => ({
      code: 'SP2322',
      severity: 'error',
      message: `${printableLine(path)}: ${placeIn(pointer)} is ${why}, which no document can hold`,
    })),
  );
}

/** SP2326, exit 4. */
export function notAsWritten(path: string): SetpointError {
  const message = `${printableLine(path)} was written, and does not hold what was written`;
  const help =
    'Somebody writes it without the lock, or its disk is failing: look at it. `setpoint backup list` shows what it held before.';
  return new SetpointError(EXIT.needsPerson, [
    { code: 'SP2326', severity: 'error', message, help },
  ]);
}

/** SP2329, exit 1. */
export function cannotRead(reason: string): SetpointError {
  const message = `cannot be read: ${reason}`;
  return new SetpointError(EXIT.failed, [{ code: 'SP2329', severity: 'error', message }]);
}

export function placeIn(pointer: string): string {
  return pointer === '' ? 'the document' : printableLine(pointer);
}
