import { dirname } from 'node:path';
import { errorCode, stateFileError } from '../../host/file-errors.ts';
import { writeDurably } from '../../host/durable.ts';
import { syncDirectory } from '../../host/sync-directory.ts';
import { readOwnText } from '../../host/own-file.ts';
import type { RealPath } from '../../model/brand.ts';
import type { CheckResult } from '../../model/check.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';

/** A proven revert: its commits are fixed before the branch moves, so that whoever finishes makes the same ones. */
export interface Verification {
  readonly formatVersion: 1;
  readonly commits: readonly StateCommitSpec[];
  readonly checks: readonly CheckResult[];
}

/** Writes the verification durably. Errors: SP601x. */
export async function writeVerification(file: RealPath, value: Verification): Promise<void> {
  await writeDurably(file, Buffer.from(`${JSON.stringify(value)}\n`), 0o600);
  // A revert goes on without a decision file (full disk): then nobody has synced the run folder's own name.
  await syncDirectory(dirname(dirname(file)));
}

/** The verification of a run, or null when its revert is not proven yet (or what is there cannot be used: then prove again). */
export function readVerification(file: RealPath): Verification | null {
  try {
    const value = JSON.parse(readOwnText(file)) as Partial<Verification>;
    const known =
      value.formatVersion === 1 && Array.isArray(value.commits) && Array.isArray(value.checks);
    return known ? (value as Verification) : null;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw stateFileError(error, 'read', file);
  }
}
