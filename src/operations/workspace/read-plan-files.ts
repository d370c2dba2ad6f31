import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RealPath, WorkspacePath } from '../../model/brand.ts';
import { findPlanFiles, unreadable } from './find-plan-files.ts';
import { readWorkspaceText } from './read-workspace-file.ts';

export interface PlanFileText {
  readonly file: WorkspacePath;
  readonly text: string;
}

/** Texts of `plans/**\/*.yaml` in path order; what cannot be read is a diagnostic. */
export function readPlanFiles(workspace: RealPath): {
  readonly texts: readonly PlanFileText[];
  readonly problems: readonly Diagnostic[];
} {
  const found = findPlanFiles(workspace);
  const texts: PlanFileText[] = [];
  const problems = [...found.problems];
  for (const file of found.files) {
    const read = readWorkspaceText(workspace, file);
    if ('problem' in read) problems.push(unreadable(file, read.problem));
    else texts.push({ file, text: read.text });
  }
  return { texts, problems };
}
