import type { CommitId } from '../model/brand.ts';
import type { StateChange } from '../model/state-change.ts';
import type { GitCommand } from './git-command.ts';
import { writeAsPack } from './object-scratch.ts';
import type { StatePlace } from './state-paths.ts';
import { writeStateTree } from './state-tree.ts';

const NOTHING: StateChange = { files: [], plans: [] };

/** Ids of trees. */
export interface RunTrees {
  readonly kept: string;
  readonly held: string;
  /** As the base has it. */
  readonly unchanged: string;
}

/** One tree, durable. Errors: SP5002. */
export function prepareTree(
  git: GitCommand,
  place: StatePlace,
  base: CommitId | null,
  change: StateChange,
  newHostId: () => string,
): Promise<string> {
  return writeAsPack(git, place.gitDir, async (scratch) => {
    const { tree, objects } = await writeStateTree(scratch, place, base, change, newHostId);
    return { result: tree, objects };
  });
}

/** Every tree that a run may record, durable together. Errors: SP5002. */
export function prepareRunTrees(
  git: GitCommand,
  place: StatePlace,
  parent: CommitId | null,
  changes: { readonly kept: StateChange; readonly held: StateChange },
  newHostId: () => string,
): Promise<RunTrees> {
  return writeAsPack(git, place.gitDir, async (scratch) => {
    const unchanged = await writeStateTree(scratch, place, parent, NOTHING, newHostId);
    // Git takes a tree as a base, too. On a host's first run each tree made of nothing would have a host id of its own.
    const base = parent ?? (unchanged.tree as CommitId);
    const kept = await writeStateTree(scratch, place, base, changes.kept, newHostId);
    const held = await writeStateTree(scratch, place, base, changes.held, newHostId);
    return {
      result: { kept: kept.tree, held: held.tree, unchanged: unchanged.tree },
      objects: [...unchanged.objects, ...kept.objects, ...held.objects],
    };
  });
}
