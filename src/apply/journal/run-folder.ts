import { join } from 'node:path';
import type { RealPath, RunId } from '../../model/brand.ts';

/** Where one run keeps its things inside the state directory. The folder stays after the run; the journal does not. */
export interface RunFolder {
  readonly dir: RealPath;
  /** Copies of the workspace files that checks and actions use. */
  readonly workspace: RealPath;
  readonly decision: RealPath;
  /** Room for the decision to take the run back, on a disk that is full by then. */
  readonly reserve: RealPath;
  /** The commits of a proven revert, written before the branch moves. */
  readonly verification: RealPath;
  readonly report: RealPath;
  /** Old content of files that a failed revert could not restore. */
  readonly old: RealPath;
  /** Somebody else's content found where ours was expected. */
  readonly foreign: RealPath;
  /** New content of a transaction's files that somebody else changed before they were written. */
  readonly new: RealPath;
  /** Process groups of checks and actions (process-groups.ts). */
  readonly processGroups: RealPath;
  /** The decision `keep` of a run that waits for `setpoint confirm`, ready to be made. */
  readonly proposal: RealPath;
}

/** Paths of `run`'s folder, `<state-dir>/runs/<run>/…`. Creates nothing. */
export function runFolder(stateDir: RealPath, run: RunId): RunFolder {
  const dir = join(stateDir, 'runs', run);
  const inside = (name: string): RealPath => join(dir, name) as RealPath;
  return {
    dir: dir as RealPath,
    workspace: inside('workspace'),
    decision: inside('decision'),
    reserve: inside('decision-reserve'),
    verification: inside('verification.json'),
    report: inside('report.json'),
    old: inside('old'),
    foreign: inside('foreign'),
    new: inside('new'),
    processGroups: inside('process-groups'),
    proposal: inside('proposal.json'),
  };
}

/** `<state-dir>/journal`: one file per open run. */
export function journalDirectory(stateDir: RealPath): RealPath {
  return join(stateDir, 'journal') as RealPath;
}

/** `<state-dir>/journal/<run>.json`. */
export function journalPath(stateDir: RealPath, run: RunId): RealPath {
  return join(journalDirectory(stateDir), `${run}.json`) as RealPath;
}
