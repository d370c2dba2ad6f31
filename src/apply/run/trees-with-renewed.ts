import type { CommitId } from '../../model/brand.ts';
import type { StateFileChange } from '../../model/state-change.ts';
import { readLive } from '../files/live-file.ts';
import { renewedFiles } from '../files/renewed.ts';
import type { PreparedTrees } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';

/**
 * The trees of a revert with the files that have a fresh identity as they are now: the run wrote them, so the next plan must not take
 * its mark for somebody else's edit. A file that was not recorded before the run is not recorded after its revert. Errors: SP5xxx.
 */
export async function treesWithRenewed(run: OpenRun, trees: PreparedTrees): Promise<PreparedTrees> {
  const renewed = renewedFiles(committed(run).files);
  if (renewed.length === 0) return trees;
  const { state } = run.context;
  const marked = async (tree: string): Promise<string> => {
    const recorded = await state.loadAt(tree as CommitId);
    const files = renewed.flatMap(({ path, realPath }): readonly StateFileChange[] => {
      const managed = recorded.files.get(path);
      const live = readLive(realPath);
      if (managed === undefined || live.kind !== 'file') return [];
      return [{ path, managed: { ...managed, state: live.state }, copy: live.bytes }];
    });
    return files.length === 0 ? tree : state.prepare(tree as CommitId, { files, plans: [] });
  };
  return { ...trees, held: await marked(trees.held), unchanged: await marked(trees.unchanged) };
}
