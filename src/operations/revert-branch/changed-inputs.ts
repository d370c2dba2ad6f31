import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { GitEntry } from '../../git/workspace/tree-entries.ts';
import type { WorkspaceCommits } from '../../git/workspace/workspace-commits.ts';
import type { CommitId, PlanName } from '../../model/brand.ts';
import type { InputsAt, PlansAt } from './inputs-at.ts';
import { refuseMovedSubmodules } from './moved-submodules.ts';
import { noSuchPlan, type PlanChange } from './recorded-before.ts';
import { same, type PathVersions } from './way-back.ts';

/** The files that a plan change is about, each as three commits have it. */
export interface ChangedInputs {
  readonly files: ReadonlyMap<string, PathVersions>;
  readonly warnings: readonly Diagnostic[];
}

export interface InputsQuestion {
  readonly change: PlanChange;
  readonly head: CommitId;
  readonly commits: WorkspaceCommits;
  readonly plans: (commit: CommitId) => Promise<PlansAt>;
}

/**
 * Every file that the plan consists of in one of the two commits and that differs between them. Those that other plans use at the
 * head are told: one that was new stays, because they need it; the others go back.
 * Throws SP4277 (exit 7) where no commit has the plan, or its files are in a submodule.
 */
export async function changedInputs(question: InputsQuestion): Promise<ChangedInputs> {
  const { change, head, commits, plans } = question;
  const old = change.before === null ? undefined : (await plans(change.before)).get(change.plan);
  const made = (await plans(change.applied)).get(change.plan);
  if (old === undefined && (made === undefined || change.before !== null)) {
    throw noSuchPlan(change, change.before ?? change.applied);
  }
  await refuseMovedSubmodules(question, old?.places ?? []);
  const places = [...new Set([...(old?.places ?? []), ...(made?.places ?? [])])].sort();
  const at = async (commit: CommitId | null): Promise<ReadonlyMap<string, GitEntry>> =>
    commit === null ? new Map() : commits.entriesAt(commit, places);
  const [before, applied, now] = [
    await at(change.before),
    await at(change.applied),
    await at(head),
  ];
  const files = new Map<string, PathVersions>();
  for (const place of places) {
    const [b, c] = [before.get(place) ?? null, applied.get(place) ?? null];
    if (same(b, c)) continue;
    files.set(place, { before: b, applied: c, head: now.get(place) ?? null });
  }
  await followPlanFile(question, made, files);
  const warnings = [old, made].some((inputs) => inputs?.complete === false)
    ? [unknown(change)]
    : [];
  // Most changes are about the plan file alone: then nobody has to look at the others.
  if (![...files.keys()].some((place) => !isPlanFile(place, [old, made]))) {
    return { files, warnings };
  }
  const shared = usedByOthers(files, await plans(head), change.plan);
  const told = [...shared].map(([place, others]) => {
    const stays = files.get(place)?.before === null;
    if (stays) files.delete(place);
    return sharedWarning(place, others, stays);
  });
  return { files, warnings: [...warnings, ...told] };
}

/** A plan is known by its name: where its file was renamed since, the file that has it at the head is meant. */
async function followPlanFile(
  { change, head, commits, plans }: InputsQuestion,
  made: InputsAt | undefined,
  files: Map<string, PathVersions>,
): Promise<void> {
  const [place] = made?.places ?? [];
  const versions = place === undefined ? undefined : files.get(place);
  if (place === undefined || versions === undefined || versions.head !== null) return;
  const [moved] = (await plans(head)).get(change.plan)?.places ?? [];
  if (moved === undefined || moved === place || files.has(moved)) return;
  const found = await commits.entriesAt(head, [moved]);
  files.delete(place);
  files.set(moved, { ...versions, head: found.get(moved) ?? null });
}

/** Whether a plan of one of the commits says that the lines of a file are not recorded. */
export async function isUnrecorded(
  { change, head, plans }: Pick<InputsQuestion, 'change' | 'head' | 'plans'>,
  path: string,
): Promise<boolean> {
  for (const commit of [head, change.applied]) {
    const inputs = [...(await plans(commit)).values()];
    if (inputs.some(({ unrecorded }) => unrecorded.includes(path))) return true;
  }
  return false;
}

/** The plan file itself comes first among its places; the one that it leads to, when it is a link, may be shared. */
function isPlanFile(place: string, inputs: readonly (InputsAt | undefined)[]): boolean {
  return inputs.some((one) => one?.places[0] === place);
}

/** By file: other plans that use it. */
function usedByOthers(
  files: ChangedInputs['files'],
  plans: PlansAt,
  own: PlanName,
): ReadonlyMap<string, readonly PlanName[]> {
  const shared = new Map<string, readonly PlanName[]>();
  for (const [name, { places }] of plans) {
    if (name === own) continue;
    for (const place of new Set(places)) {
      if (files.has(place)) shared.set(place, [...(shared.get(place) ?? []), name]);
    }
  }
  return shared;
}

function sharedWarning(place: string, others: readonly PlanName[], stays: boolean): Diagnostic {
  const what = stays ? 'so it stays' : 'and the branch takes it back for all of them';
  return {
    code: 'SP4278',
    severity: 'warning',
    message: `${place} is used by ${others.join(', ')}, too, ${what}`,
    help: 'Look at what these plans would do before you merge the branch.',
  };
}

function unknown({ plan }: PlanChange): Diagnostic {
  return {
    code: 'SP4279',
    severity: 'warning',
    message: `plan ${plan} names files by variables, and values of --var are not recorded: such files may be missing in the branch`,
    help: 'Look for them before you merge it, and apply it with the values of then.',
  };
}
