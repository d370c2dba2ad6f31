import type { StateRepository } from '../../git/record/state-repository.ts';
import type { CommitId } from '../../model/brand.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { StateChange } from '../../model/state-change.ts';
import type { PreparedTrees } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';

/**
 * The run's trees for a commit on the branch as it is now. A run whose revert failed blocks its own files only: other runs may
 * have recorded theirs since, and the trees that it prepared would take those records back. What the run itself recorded (it was kept,
 * and its decision cannot be read any more) is taken back where it is not kept.
 */
export async function treesOnHead(run: OpenRun): Promise<PreparedTrees> {
  const { trees } = committed(run);
  const { state } = run.context;
  const head = await state.head();
  if (head === null || head === trees.parent) return trees;
  const now = await state.loadAt(head);
  const on = async (tree: string): Promise<string> =>
    state.prepare(head, await carriedOver(state, trees, tree, now));
  return {
    parent: head,
    earlier: trees.earlier,
    kept: await on(trees.kept),
    held: await on(trees.held),
    unchanged: await on(trees.unchanged),
  };
}

/** What makes the records of the run those of `to`, as far as nobody else has changed the same record since. */
async function carriedOver(
  state: StateRepository,
  { unchanged, kept }: PreparedTrees,
  to: string,
  now: RecordedState,
): Promise<StateChange> {
  // Git takes a tree where a commit is asked for.
  const load = (tree: string) => state.loadAt(tree as CommitId);
  const [old, ours, next] = [await load(unchanged), await load(kept), await load(to)] as const;
  const known = [...old.files.keys(), ...ours.files.keys(), ...next.files.keys()];
  const paths = [...new Set(known)].filter((path) => {
    const there = now.files.get(path);
    const isOurs = same(old.files.get(path), there) || same(ours.files.get(path), there);
    return isOurs && !same(next.files.get(path), there);
  });
  const copies = await state.copies(paths, to as CommitId);
  const originals = await state.originals(paths, to as CommitId);
  const plans = changedPlans([old, ours], next, now);
  const records = plans.flatMap(({ record }) => record ?? []);
  const contents = await state.workspaceFiles(records, to as CommitId);
  return {
    files: paths.map((path) => ({
      path,
      managed: next.files.get(path) ?? null,
      copy: copies.get(path) ?? null,
      original: originals.get(path) ?? null,
    })),
    plans: plans.map((plan) => ({ ...plan, contents })),
  };
}

function changedPlans(
  known: readonly RecordedState[],
  next: RecordedState,
  now: RecordedState,
): StateChange['plans'] {
  const plans = [...known, next].flatMap((one) => one.plans);
  const names = new Map(plans.map((one) => [`${one.workspace}\0${one.plan}`, one]));
  return [...names.values()].flatMap((key) => {
    const of = (state: RecordedState) => recordOfPlan(state.plans, key);
    const record = of(next);
    const isOurs = known.some((one) => same(of(one), of(now)));
    if (same(record, of(now)) || !isOurs) return [];
    return [{ workspace: key.workspace, plan: key.plan, record: record ?? null }];
  });
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
