import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { TRAILER, trailerValue } from '../../git/record/commit-message.ts';
import type { StateLogEntry } from '../../git/record/state-history.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { CommitId, PlanName, RunId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { historyEntry } from '../history-entry.ts';

/** A run that changed the host and was kept. */
export interface KeptRun {
  readonly run: RunId;
  readonly plan: PlanName;
  /** The state commit that recorded it, and what was recorded before: the run's own record of others' edits, if any. */
  readonly commit: CommitId;
  readonly base: CommitId | null;
  readonly at: string;
  readonly planCommit: string | null;
  /** It put something back: no plan file said what it did. */
  readonly restored: boolean;
}

/**
 * The kept run that an id, the beginning of one, or the workspace commit that it applied names; with `attempts` also one that was
 * reverted when it was applied. Throws SP4270 (exit 64) when there is none, or more than one.
 */
export async function findKeptRun(
  state: StateRepository,
  named: string,
  { attempts = false } = {},
): Promise<KeptRun> {
  if (named.trim() === '') throw notFound('no run is named', 'setpoint history lists the runs');
  const commits = await state.commitsOfRun(named);
  const byId = keptRuns(commits, attempts);
  if (byId.length > 0) return theOnly(named, byId, 'Name one of them.');
  const applied = await runsOfCommit(state, named, attempts);
  if (applied.length === 0) throw unknown(named, commits);
  const each = applied.map(({ run }) => `setpoint revert ${run}`).join(' && ');
  return theOnly(named, applied, `Take back the one that is meant; or all, newest first: ${each}`);
}

async function runsOfCommit(
  state: StateRepository,
  named: string,
  attempts: boolean,
): Promise<readonly KeptRun[]> {
  if (!/^[0-9a-f]{7,40}$/i.test(named)) return [];
  const wanted = named.toLowerCase();
  return keptRuns(await state.log(Number.POSITIVE_INFINITY), attempts).filter(
    ({ planCommit }) => planCommit?.startsWith(wanted) === true,
  );
}

/** The kept ones among the commits of runs; `attempts`: those that were not kept, too. */
export function keptRuns(commits: readonly StateLogEntry[], attempts = false): readonly KeptRun[] {
  return commits.flatMap((entry): readonly KeptRun[] => {
    const { run, plan, status, commit, at, planCommit } = historyEntry(entry);
    const counts = status.startsWith('applied') || (attempts && status === 'attempted');
    if (run === null || plan === null || !counts) return [];
    const restored = trailerValue(entry.trailers, TRAILER.operation) === 'restore';
    return [{ run, plan, commit, base: entry.parent, at, planCommit, restored }];
  });
}

function theOnly(named: string, found: readonly KeptRun[], help: string): KeptRun {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const runs = found.slice(0, MOST_TOLD).map(({ run, plan }) => `${run} (${plan})`);
  const more = found.length - runs.length;
  const rest = more === 0 ? '' : ` and ${String(more)} more`;
  throw notFound(`${named} means several runs: ${runs.join(', ')}${rest}`, help);
}

/** A short beginning of an id can mean any number of runs. */
const MOST_TOLD = 5;

function unknown(named: string, commits: readonly StateLogEntry[]): SetpointError {
  const statuses = new Set(commits.map((entry) => historyEntry(entry).status));
  if (statuses.has('reverted')) {
    return notFound(
      `run ${named} was reverted when it was applied`,
      'There is nothing to take back.',
    );
  }
  return notFound(`no run ${named} was kept on this host`, 'setpoint history lists the runs');
}

function notFound(message: string, help: string): SetpointError {
  return new SetpointError(EXIT.usage, [{ code: 'SP4270', severity: 'error', message, help }]);
}
