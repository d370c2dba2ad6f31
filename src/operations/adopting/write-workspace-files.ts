import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { replaceTogether } from '../../host/replace-together.ts';
import type { RealPath, WorkspacePath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { pathInside, readingProblem } from '../workspace/read-workspace-file.ts';

export interface WorkspaceFileChange {
  readonly path: WorkspacePath;
  /** As it was read. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Replaces files of a workspace, all or none; links are followed as long as they stay inside. Throws SetpointError 65 (SP3088: not
 * to be written), 6 (SP3087: somebody changed one meanwhile), 1 (SP601x: the disk does not take it).
 */
export async function writeWorkspaceFiles(
  workspace: RealPath,
  changes: readonly WorkspaceFileChange[],
): Promise<void> {
  const names = new Map<RealPath, WorkspacePath>();
  const problems: Diagnostic[] = [];
  const replacements = changes.map(({ path, before, after }) => {
    const real = realPathOf(workspace, path);
    if ('problem' in real) problems.push(unwritable(path, real.problem));
    else if (names.has(real.path)) problems.push(unwritable(path, 'it is written twice'));
    else names.set(real.path, path);
    return { path: 'path' in real ? real.path : ('' as RealPath), before, after };
  });
  if (problems.length > 0) throw new SetpointError(EXIT.invalidPlan, problems);
  const changed = await replaceTogether(replacements);
  if (changed !== null) throw changedMeanwhile(names.get(changed) ?? changed);
}

/** SP3087, exit 6. */
export function changedMeanwhile(path: string): SetpointError {
  return new SetpointError(EXIT.stale, [
    {
      code: 'SP3087',
      severity: 'error',
      message: `${path} was changed by somebody else meanwhile; nothing was written`,
      help: 'run the command again',
    },
  ]);
}

function realPathOf(
  workspace: RealPath,
  path: WorkspacePath,
): { readonly path: RealPath } | { readonly problem: string } {
  try {
    return pathInside(workspace, path);
  } catch (error) {
    return { problem: readingProblem(error) };
  }
}

function unwritable(path: WorkspacePath, problem: string): Diagnostic {
  return { code: 'SP3088', severity: 'error', message: `${path} cannot be written: ${problem}` };
}
