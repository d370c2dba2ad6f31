import type { CommitId } from '../../model/brand.ts';
import type { StateChange } from '../../model/state-change.ts';
import type { GitCommand } from '../git-command.ts';
import type { GitObject } from '../objects/object-pack.ts';
import { storeObjects } from '../objects/object-scratch.ts';
import { keepAside, type KeptContents } from './kept-aside.ts';
import type { StateMemory } from './state-memory.ts';
import type { StatePlace } from './state-paths.ts';
import { changedStateTree, readStateTree, type StateTree } from './state-tree.ts';

/** Ids of trees. */
export interface RunTrees {
  readonly kept: string;
  readonly held: string;
  /** As the base has it. */
  readonly unchanged: string;
}

export interface PreparedTrees {
  /** Makes the repository when it is missing, writes blobs and tree, durable, on no branch; gives the tree's id. */
  prepare(base: CommitId | null, change: StateChange): Promise<string>;
  /** Every tree that a run may record, as `prepare` writes them, but made durable together: three syncs, whatever their size. */
  prepareRun(
    parent: CommitId | null,
    changes: { readonly kept: StateChange; readonly held: StateChange },
  ): Promise<RunTrees>;
}

interface Preparing {
  readonly git: GitCommand;
  readonly place: StatePlace;
  readonly newHostId: () => string;
  /** Does its work once the repository is there, and nobody's leftovers are. */
  readonly ready: <T>(work: () => Promise<T>) => Promise<T>;
  readonly memory: StateMemory;
  readonly aside: KeptContents;
}

/** What a tree will not have is durable before the tree is. Errors: SP5002, SP601x. */
export function preparing(into: Preparing): PreparedTrees {
  const { ready, aside } = into;
  return {
    prepare: (base, change) =>
      ready(async () => {
        await keepAside(aside, base, [change]);
        return prepareTree(into, base, change);
      }),
    prepareRun: (parent, changes) =>
      ready(async () => {
        await keepAside(aside, parent, [changes.kept, changes.held]);
        return prepareRunTrees(into, parent, changes);
      }),
  };
}

/** One tree, durable. */
async function prepareTree(
  into: Preparing,
  parent: CommitId | null,
  change: StateChange,
): Promise<string> {
  const tree = changedStateTree(await baseTree(into, parent), change);
  await storeObjects(into.git, into.place.gitDir, once(tree.objects));
  return tree.id;
}

/** Every tree that a run may record, durable together. */
async function prepareRunTrees(
  into: Preparing,
  parent: CommitId | null,
  changes: { readonly kept: StateChange; readonly held: StateChange },
): Promise<RunTrees> {
  // On a host's first run all three have the same host id: it is part of their base.
  const base = await baseTree(into, parent);
  const kept = changedStateTree(base, changes.kept);
  const held = changedStateTree(base, changes.held);
  const objects = once([...base.objects, ...kept.objects, ...held.objects]);
  await storeObjects(into.git, into.place.gitDir, objects);
  return { kept: kept.id, held: held.id, unchanged: base.id };
}

function baseTree(
  { git, place, newHostId, memory }: Preparing,
  parent: CommitId | null,
): Promise<StateTree> {
  return readStateTree(git, parent, { host: place.host, newHostId }, memory);
}

function once(objects: readonly GitObject[]): readonly GitObject[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}
