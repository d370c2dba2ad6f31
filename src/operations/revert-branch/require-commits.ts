import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { WorkspaceCommits } from '../../git/workspace/workspace-commits.ts';
import type { WorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import { EXIT } from '../../model/outcome.ts';
import type { PlanChange } from './recorded-before.ts';

/** Both commits have to be in the clone. Throws SP5036 (exit 6) with what to fetch. */
export async function requireCommits(
  commits: WorkspaceCommits,
  repository: WorkspaceRepository,
  { run, applied, before }: PlanChange,
): Promise<void> {
  const wanted = [
    [applied, `that run ${run} applied`],
    [before, `that was recorded before run ${run}`],
  ] as const;
  const problems: Diagnostic[] = [];
  for (const [commit, what] of wanted) {
    if (commit === null || (await commits.has(commit))) continue;
    const shallow = await repository.isShallow();
    problems.push({
      code: 'SP5036',
      severity: 'error',
      message: `commit ${commit.slice(0, 12)}, ${what}, is not in this ${shallow ? 'shallow ' : ''}clone`,
      help: shallow
        ? 'Fetch the history: git fetch --unshallow (in a pipeline: fetch-depth 0)'
        : `Fetch it: git fetch origin ${commit}; when its branch was squashed or rebased, do it in a clone that still has it`,
    });
  }
  if (problems.length > 0) throw new SetpointError(EXIT.stale, problems);
}
