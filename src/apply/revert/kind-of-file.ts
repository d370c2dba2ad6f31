import type { Kind } from '../../kinds/kind.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { tolerate } from '../machine/tolerate.ts';

/** The kind of a file of the run; a release leaves no record of it. Undefined when the record cannot be read. */
export async function kindOfFile(run: OpenRun, path: HostPath): Promise<Kind | undefined> {
  const { kept, unchanged } = committed(run).trees;
  for (const tree of [kept, unchanged]) {
    // Git takes a tree where a commit is asked for.
    const recorded = await tolerate(run, () => run.context.state.loadAt(tree as CommitId));
    const kind = recorded?.files.get(path)?.kind;
    if (kind !== undefined) return kindOf(kind);
  }
  return undefined;
}
