import type { WorkspacePath } from '../../model/brand.ts';
import type { PlanDocument } from './parse-plan.ts';
import { substituted, type ResolveContext } from './resolve-plan.ts';
import { workspacePath } from './paths.ts';
import { child, entries, type MapNode } from './source-tree.ts';
import { collectWorkspaceFiles } from './workspace-files.ts';

export interface PlanInputs {
  /** The plan file, and every file of the workspace that it names. */
  readonly paths: readonly WorkspacePath[];
  /** False when variables are not known: files that they name are missing. */
  readonly complete: boolean;
  /** Those whose lines the plan keeps out of git's record of the host. They are in the workspace, but no message shows them. */
  readonly unrecorded: readonly WorkspacePath[];
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
  const paths = [document.path, ...files.map(({ path }) => path)];
  return { paths, complete, unrecorded: unrecordedIn(document.path, tree.root) };
}

function unrecordedIn(file: WorkspacePath, root: MapNode): readonly WorkspacePath[] {
  return entries(child(root, 'resources')).flatMap(({ value }) => {
    const [rule, source, content] = ['record', 'source', 'content'].map((key) => child(value, key));
    if (rule?.type !== 'scalar' || rule.value === 'full') return [];
    const named = source?.type === 'scalar' ? workspacePath(source.text) : null;
    return [
      ...(named !== null && 'path' in named ? [named.path] : []),
      // Its text stands in the plan file itself.
      ...(content === undefined ? [] : [file]),
    ];
  });
}
