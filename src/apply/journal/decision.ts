import { dirname } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { createExclusively } from '../../host/durable.ts';
import { errorCode, stateFileError } from '../../host/file-errors.ts';
import { createFromReserve } from '../../host/reserve.ts';
import { syncDirectory } from '../../host/sync-directory.ts';
import { readOwnText } from '../../host/own-file.ts';
import type { ProcessBaseline } from '../../checks/process-baseline.ts';
import type { RealPath } from '../../model/brand.ts';
import type { CheckResult } from '../../model/check.ts';
import { EXIT, type Answer } from '../../model/outcome.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import type { DecisionKind } from './decision-kind.ts';
import type { RunFolder } from './run-folder.ts';

/** What was decided about a run's files, and everything that has to be the same whoever carries it out. */
export interface Decision {
  readonly formatVersion: 1;
  readonly decision: DecisionKind;
  readonly reason: string | null;
  /** A revert because health was not proven: the plan is held. */
  readonly hold: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The run's commits for `keep`; a revert's are known only when it is proven (verification.ts). */
  readonly commits: readonly StateCommitSpec[];
  readonly checks: readonly CheckResult[];
  /** Processes right before the old files return: what started since the write has to go (checks/process-baseline.ts). */
  readonly processes: ProcessBaseline;
  /** How actions ended on the new files. Absent in decisions of earlier versions: not known. */
  readonly acted?: readonly ActedAction[];
  /** Who rejected the run (`confirm --reject`); absent in other decisions and in those of earlier versions. */
  readonly answer?: Answer;
}

/** An `onChange` action that ran to its end on the new files. */
export interface ActedAction {
  readonly run: readonly string[];
  readonly ok: boolean;
}

/**
 * Creates the decision exclusively and durably, or loses to one that exists. Returns what the file says: everyone obeys
 * that, whatever they wanted. `revert` is written on a full disk, too: its reason and its hold must not be lost. Errors: SP601x; SP4222.
 */
export async function decide(
  { decision: file, reserve }: Pick<RunFolder, 'decision' | 'reserve'>,
  wanted: Decision,
): Promise<Decision> {
  const created = await create(file, reserve, wanted);
  // The run folder itself, which nobody has synced so far.
  await syncDirectory(dirname(dirname(file)));
  return created ? wanted : (readDecision(file) ?? wanted);
}

async function create(file: RealPath, reserve: RealPath, wanted: Decision): Promise<boolean> {
  try {
    return await createExclusively(file, bytesOf(wanted), 0o600);
  } catch (error) {
    if (wanted.decision === 'keep' || !isFull(error)) throw error;
    for (const shorter of [wanted, withoutChecks(wanted)]) {
      const created = await createFromReserve(reserve, file, bytesOf(shorter));
      if (created !== null) return created;
    }
    throw error;
  }
}

function bytesOf(decision: Decision): Buffer {
  return Buffer.from(`${JSON.stringify(decision)}\n`);
}

const LONGEST_REASON = 2000;

/** What fits into little room and still says why: the reason names the checks that matter. */
function withoutChecks(decision: Decision): Decision {
  const reason = decision.reason?.slice(0, LONGEST_REASON) ?? null;
  return { ...decision, reason, checks: [] };
}

function isFull(error: unknown): boolean {
  if (!(error instanceof SetpointError)) return false;
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(error.cause) ?? '');
}

/** The decision of a run, or null when there is none yet. Errors: SP601x; SP4222 (exit 4) when it cannot be read. */
export function readDecision(file: RealPath): Decision | null {
  let text: string;
  try {
    text = readOwnText(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw stateFileError(error, 'read', file);
  }
  const decision = parseDecision(text);
  if (decision !== null) return decision;
  throw new SetpointError(EXIT.needsPerson, [
    {
      code: 'SP4222',
      severity: 'error',
      message: `the decision ${file} cannot be read`,
      help: 'Somebody edited it, the disk damaged it, or a newer setpoint wrote it (then recover with that). Else a person decides: `setpoint recover --dry-run` shows every version of the files and what can be chosen.',
    },
  ]);
}

/** The decision that a text is; null when it is none. */
export function parseDecision(text: string): Decision | null {
  try {
    const value = JSON.parse(text) as Partial<Decision>;
    const known =
      value.formatVersion === 1 &&
      (value.decision === 'keep' || value.decision === 'revert') &&
      typeof value.at === 'string' &&
      Array.isArray(value.commits) &&
      Array.isArray(value.checks) &&
      Array.isArray(value.processes?.processes) &&
      (value.acted === undefined || Array.isArray(value.acted));
    return known ? (value as Decision) : null;
  } catch {
    return null;
  }
}
