import type { RunId } from '../model/brand.ts';
import type { HistoryResult, RunResult } from './results.ts';
import type { Session } from './session.ts';

/** Newest first. */
export function readHistory(_session: Session, _limit: number): Promise<HistoryResult> {
  throw new Error('under construction');
}

/** One run; a unique prefix of its id is enough. Throws SetpointError exit 64 when there is none. */
export function readRun(_session: Session, _run: RunId | string): Promise<RunResult> {
  throw new Error('under construction');
}
