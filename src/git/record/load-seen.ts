import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { SeenFile } from '../../model/recorded-state.ts';
import type { GitCommand } from '../git-command.ts';
import { listBlobs, readBlobs } from '../objects/object-batch.ts';
import { damaged, readSeenFile } from './serialise.ts';
import { SEEN, seenName } from './tree-layout.ts';

/** Every file that `head` records as seen, by its name: two git processes. Throws one SetpointError with every SP5010 and SP5011. */
export async function loadSeen(
  git: GitCommand,
  head: CommitId,
): Promise<ReadonlyMap<HostPath, SeenFile>> {
  const entries = await listBlobs(git, head, [SEEN]);
  const contents = await readBlobs(
    git,
    entries.map(({ id }) => id),
  );
  const files = new Map<HostPath, SeenFile>();
  const problems: Diagnostic[] = [];
  entries.forEach(({ name }, i) => {
    const bytes = contents[i] ?? null;
    const read = bytes === null ? null : readSeenFile(bytes, name);
    if (read === null) problems.push(damaged(name, 'its content is missing'));
    else if (!read.ok) problems.push(...read.diagnostics);
    else if (seenName(read.value.declared) !== name) {
      problems.push(damaged(name, 'it names another path'));
    } else files.set(read.value.declared, read.value);
  });
  if (problems.length > 0) throw new SetpointError(EXIT.failed, problems);
  return files;
}
