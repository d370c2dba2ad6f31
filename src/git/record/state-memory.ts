import type { CommitId, WorkspaceName } from '../../model/brand.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { StateLogEntry } from './state-history.ts';

/** What was read of commits, whose records and history never change. Shared by the repositories of one command. */
export interface StateMemory {
  readonly states: Map<CommitId, RecordedState>;
  /** The newest run that applied something of a workspace, as seen from a commit. */
  readonly lastApplied: Map<`${CommitId} ${WorkspaceName}`, StateLogEntry | null>;
}

export function stateMemory(): StateMemory {
  return { states: new Map(), lastApplied: new Map() };
}
