import { linkSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeDurably } from '../../host/durable.ts';
import { errorCode, stateFileError } from '../../host/file-errors.ts';
import { syncDirectory } from '../../host/sync-directory.ts';
import { readOwnText } from '../../host/own-file.ts';
import { parseDecision, readDecision, type Decision } from './decision.ts';
import type { RunFolder } from './run-folder.ts';

/** The decision `keep` of a proven run, complete but not made: `setpoint confirm` makes it, by giving it its name. */
export interface Proposal extends Decision {
  readonly decision: 'keep';
  readonly confirmation: {
    /** ISO 8601, UTC: for people. */
    readonly until: string;
    /** The same moment as `Clock.monotonic`, milliseconds: what is obeyed, because the wall clock may jump. */
    readonly deadline: number;
    /** Of the boot that `deadline` belongs to. */
    readonly bootId: string;
  };
}

/** Writes the proposal durably (0600). Errors: SP601x. */
export async function writeProposal(folder: RunFolder, proposal: Proposal): Promise<void> {
  await writeDurably(folder.proposal, Buffer.from(`${JSON.stringify(proposal)}\n`), 0o600);
  // The run folder itself, as in `decide`.
  await syncDirectory(dirname(folder.dir));
}

/** The proposal of a run; null when it has none, or one that cannot be used: then the run is taken back. Errors: SP601x. */
export function readProposal(folder: RunFolder): Proposal | null {
  try {
    const text = readOwnText(folder.proposal);
    const decision = parseDecision(text);
    return decision !== null && isProposal(decision) ? decision : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw stateFileError(error, 'read', folder.proposal);
  }
}

type Perhaps = Decision & Partial<Pick<Proposal, 'confirmation'>>;

function isProposal(decision: Perhaps): decision is Proposal {
  const { confirmation } = decision;
  return (
    decision.decision === 'keep' &&
    typeof confirmation?.until === 'string' &&
    typeof confirmation.deadline === 'number'
  );
}

/**
 * Makes the proposal the decision: one link(2), so that it needs no space, and that a proposal which was withdrawn cannot be
 * made. Returns the decision that is there afterwards, whoever made it; null when the proposal was withdrawn. Errors: SP601x.
 */
export async function acceptProposal(folder: RunFolder): Promise<Decision | null> {
  try {
    linkSync(folder.proposal, folder.decision);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EEXIST' && code !== 'ENOENT')
      throw stateFileError(error, 'create', folder.decision);
  }
  await syncDirectory(folder.dir);
  return readDecision(folder.decision);
}

/** No one can accept the proposal from now on. Needs no space. No error when there is none. Errors: SP601x. */
export function withdrawProposal(folder: RunFolder): void {
  try {
    unlinkSync(folder.proposal);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw stateFileError(error, 'remove', folder.proposal);
  }
}

/** Milliseconds that are left to confirm; 0 or less when it is too late, as after a restart of the host. */
export function timeLeft(
  { confirmation }: Proposal,
  { clock, bootId }: { readonly clock: { monotonic(): number }; readonly bootId: string },
): number {
  return confirmation.bootId === bootId ? confirmation.deadline - clock.monotonic() : 0;
}
