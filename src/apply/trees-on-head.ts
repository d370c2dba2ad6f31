import type { StateRepository } from '../git/state-repository.ts';
import type { CommitId } from '../model/brand.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { RecordedState } from '../model/recorded-state.ts';
import type { StateChange } from '../model/state-change.ts';
import type { PreparedTrees } from './journal.ts';
import { committed, type OpenRun } from './open-run.ts';

/**
 * The run's trees for a commit on the branch as it is now. A run whose revert failed blocks its own files only: other runs may
 * have recorded theirs since, and the trees that it prepared would take those records back.
 */
export async function treesOnHead(run: OpenRun): Promise<PreparedTrees> {
  const { trees } = committed(run);
  const { state } = run.context;
  const head = await state.head();
  if (head === null || head === trees.parent) return trees;
  const now = await state.loadAt(head);
  const on = async (tree: string): Promise<string> =>
    state.prepare(head, await carriedOver(state, trees.unchanged, tree, now));
  return {
    parent: head,
    earlier: trees.earlier,
    kept: await on(trees.kept),
    held: await on(trees.held),
    unchanged: await state.prepare(head, { files: [], plans: [] }),
  };
}

/** What `to` changes of `from`, as far as nobody has changed the same record since. */
async function carriedOver(
  state: StateRepository,
  from: string,
  to: string,
  now: RecordedState,
): Promise<StateChange> {
  // Git takes a tree where a commit is asked for.
  const [old, next] = [
    await state.loadAt(from as CommitId),
    await state.loadAt(to as CommitId),
  ] as const;
  const paths = [...new Set([...old.files.keys(), ...next.files.keys()])].filter((path) => {
    const before = old.files.get(path);
    return !same(before, next.files.get(path)) && same(before, now.files.get(path));
  });
  const copies = await state.copies(paths, to as CommitId);
  const originals = await state.originals(paths, to as CommitId);
  return {
    files: paths.map((path) => ({
      path,
      managed: next.files.get(path) ?? null,
      copy: copies.get(path) ?? null,
      original: originals.get(path) ?? null,
    })),
    plans: changedPlans(old, next, now),
  };
}

function changedPlans(
  old: RecordedState,
  next: RecordedState,
  now: RecordedState,
): StateChange['plans'] {
  return [...old.plans, ...next.plans].flatMap(({ workspace, plan }) => {
    const of = (state: RecordedState) =>
      state.plans.find((one) => one.workspace === workspace && one.plan === plan);
    const record = of(next);
    if (same(of(old), record) || !same(of(old), of(now))) return [];
    return [{ workspace, plan, record: record ?? null }];
  });
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
