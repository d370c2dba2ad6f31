import type { WorkspacePath } from '../../model/brand.ts';
import type { PlanDocument } from './parse-plan.ts';
import { substituted, type ResolveContext } from './resolve-plan.ts';
import { collectWorkspaceFiles } from './workspace-files.ts';

export interface PlanInputs {
  /** The plan file, and every file of the workspace that it names. */
  readonly paths: readonly WorkspacePath[];
  /** False when variables are not known: files that they name are missing. */
  readonly complete: boolean;
}

/** The files of the workspace that make a plan what it is, also where it could not be resolved or is for another host. */
export function planInputs(
  document: PlanDocument,
  context: Omit<ResolveContext, 'defaults'>,
): PlanInputs {
  const { tree, problems } = substituted(document, context);
  const complete = problems.length === 0;
  // A file that cannot be read is no file of this commit.
  const inspection = { file: tree.file, substituted: complete, problems: [] };
  const { files } = collectWorkspaceFiles(inspection, tree.root, context.readSource);
  return { paths: [document.path, ...files.map(({ path }) => path)], complete };
}
