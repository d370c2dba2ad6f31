import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { foldersOf, GITLINK } from '../../git/workspace/tree-entries.ts';
import type { WorkspaceCommits } from '../../git/workspace/workspace-commits.ts';
import type { CommitId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { PlanChange } from './recorded-before.ts';
import { same } from './way-back.ts';

export interface SubmoduleQuestion {
  readonly change: PlanChange;
  readonly head: CommitId;
  readonly commits: WorkspaceCommits;
}

/**
 * A branch cannot take back what changed in another repository. Throws SP4277 (exit 7) when files that the plan had before lie in
 * submodules that the change moved, and that are still moved at the head.
 */
export async function refuseMovedSubmodules(
  { change, head, commits }: SubmoduleQuestion,
  places: readonly string[],
): Promise<void> {
  const folders = [...new Set(places.flatMap(foldersOf))];
  if (change.before === null || folders.length === 0) return;
  const submodules = [...(await commits.entriesAt(change.before, folders))].filter(
    ([, { mode }]) => mode === GITLINK,
  );
  if (submodules.length === 0) return;
  const paths = submodules.map(([path]) => path);
  const applied = await commits.entriesAt(change.applied, paths);
  const now = await commits.entriesAt(head, paths);
  const moved = submodules.filter(
    ([path, entry]) => ![applied, now].some((at) => same(at.get(path) ?? null, entry)),
  );
  if (moved.length === 0) return;
  const inThem = places.filter((place) => moved.some(([path]) => place.startsWith(`${path}/`)));
  const back = moved.map(([path, { id }]) => `git -C ${quoteWord(path)} checkout ${id}`);
  throw new SetpointError(EXIT.refused, [
    {
      code: 'SP4277',
      severity: 'error',
      message: `the run changed what is in a submodule: ${inThem.join(', ')}`,
      help: `Undo the change by hand, and commit it: ${back.join(' && ')}`,
    },
  ]);
}
