import type { CommitId, WorkspaceName } from '../../model/brand.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import type { CommitTree } from '../objects/commit-walk.ts';
import type { StateLogEntry } from './state-history.ts';

/** Trees are as large as a host: the newest record, and one of a past that it is held against. */
const TREES_KEPT = 2;

/**
 * What was read of commits, whose content and history never change: everything is kept by a commit's id, nothing by a branch's
 * name. Shared by the repositories of one command.
 */
export interface StateMemory {
  readonly states: Map<CommitId, Promise<RecordedState>>;
  /** The newest run that applied something of a workspace, as seen from a commit. */
  readonly lastApplied: Map<`${CommitId} ${WorkspaceName}`, Promise<StateLogEntry | null>>;
  /** Commits of runs, as seen from a commit, by the beginning of the run's id. */
  readonly ofRuns: Map<`${CommitId} ${string}`, Promise<readonly StateLogEntry[]>>;
  /** Contents by all names that were asked for together, which begin with the commit. */
  readonly copies: Map<string, Promise<readonly (Uint8Array | null)[]>>;
  /** Records of single files by commit and path: those asked for last. */
  readonly managed: Map<string, Promise<ManagedFile | null>>;
  /** Those read last; see `keepTree`. */
  readonly trees: Map<CommitId, CommitTree>;
}

export function stateMemory(): StateMemory {
  return {
    states: new Map(),
    lastApplied: new Map(),
    ofRuns: new Map(),
    copies: new Map(),
    managed: new Map(),
    trees: new Map(),
  };
}

export function keepTree({ trees }: StateMemory, commit: CommitId, tree: CommitTree): void {
  trees.set(commit, tree);
  dropOldest(trees, TREES_KEPT);
}

function dropOldest<Key>(known: Map<Key, unknown>, kept: number): void {
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
}

/** Asks once, also where two ask at the same time; what failed is asked again. */
export function remembered<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  ask: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const asked = ask();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}

/** The same with at most `kept` answers. */
export function rememberedOfFew<Key, Value>(
  known: Map<Key, Promise<Value>>,
  kept: number,
  key: Key,
  ask: () => Promise<Value>,
): Promise<Value> {
  const answer = remembered(known, key, ask);
  dropOldest(known, kept);
  return answer;
}
