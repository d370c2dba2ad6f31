import type { CommitId } from '../../model/brand.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import type { GitCommand } from '../git-command.ts';
import { readBlobs } from '../objects/object-batch.ts';
import { workspaceFolder } from './tree-layout.ts';

/** Copies of the workspace files that the records name, by SHA-256, as `at` has them; one git process. Throws SP5002. */
export async function readWorkspaceFiles(
  git: GitCommand,
  records: readonly PlanRecord[],
  at: CommitId | null,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  if (at === null) return found;
  const files = records.flatMap(({ workspace, plan, workspaceFiles }) =>
    workspaceFiles.map(({ sha256 }) => ({
      sha256,
      name: `${at}:${workspaceFolder(workspace, plan)}/${sha256}`,
    })),
  );
  const blobs = await readBlobs(
    git,
    files.map(({ name }) => name),
  );
  files.forEach(({ sha256 }, i) => {
    const blob = blobs[i];
    if (blob !== null && blob !== undefined) found.set(sha256, blob);
  });
  return found;
}
