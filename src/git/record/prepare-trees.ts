import type { CommitId } from '../../model/brand.ts';
import type { StateChange } from '../../model/state-change.ts';
import type { GitCommand } from '../git-command.ts';
import type { GitObject } from '../objects/object-pack.ts';
import { storeObjects } from '../objects/object-scratch.ts';
import type { StatePlace } from './state-paths.ts';
import { changedStateTree, readStateTree } from './state-tree.ts';

/** Ids of trees. */
export interface RunTrees {
  readonly kept: string;
  readonly held: string;
  /** As the base has it. */
  readonly unchanged: string;
}

/** One tree, durable. Errors: SP5002. */
export async function prepareTree(
  git: GitCommand,
  { gitDir, host }: StatePlace,
  parent: CommitId | null,
  change: StateChange,
  newHostId: () => string,
): Promise<string> {
  const base = await readStateTree(git, parent, { host, newHostId });
  const tree = changedStateTree(base, change);
  await storeObjects(git, gitDir, once(tree.objects));
  return tree.id;
}

/** Every tree that a run may record, durable together. Errors: SP5002. */
export async function prepareRunTrees(
  git: GitCommand,
  { gitDir, host }: StatePlace,
  parent: CommitId | null,
  changes: { readonly kept: StateChange; readonly held: StateChange },
  newHostId: () => string,
): Promise<RunTrees> {
  // On a host's first run all three have the same host id: it is part of their base.
  const base = await readStateTree(git, parent, { host, newHostId });
  const kept = changedStateTree(base, changes.kept);
  const held = changedStateTree(base, changes.held);
  await storeObjects(git, gitDir, once([...base.objects, ...kept.objects, ...held.objects]));
  return { kept: kept.id, held: held.id, unchanged: base.id };
}

function once(objects: readonly GitObject[]): readonly GitObject[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}
