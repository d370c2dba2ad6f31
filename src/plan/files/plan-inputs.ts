import type { WorkspacePath } from '../../model/brand.ts';
import type { Variables, WorkspaceFile } from '../../model/plan-file.ts';
import { effectiveVariables } from './effective-variables.ts';
import type { PlanDocument } from './parse-plan.ts';
import { substituted, type ResolveContext } from './resolve-plan.ts';
import { workspacePath } from './paths.ts';
import { child, entries, type MapNode, type SourceNode } from './source-tree.ts';
import { substitute } from './substitute.ts';
import { collectWorkspaceFiles } from './workspace-files.ts';

export interface PlanInputs {
  /** The plan file, and every file of the workspace that it names. */
  readonly paths: readonly WorkspacePath[];
  /** False when variables are not known: files that they name are missing. */
  readonly complete: boolean;
  /** Those whose lines the plan keeps out of git's record of the host. They are in the workspace, but no message shows them. */
  readonly unrecorded: readonly WorkspacePath[];
}

export interface InputsContext extends Omit<ResolveContext, 'defaults' | 'vars'> {
  /** Those of the command line; null: nobody knows them. */
  readonly vars: Variables | null;
}

/** The files of the workspace that make a plan what it is, also where it could not be resolved or is for another host. */
export function planInputs(
  document: PlanDocument,
  { vars, ...context }: InputsContext,
): PlanInputs {
  const { tree, problems } = substituted(document, { ...context, vars: vars ?? {} });
  const resolved = problems.length === 0;
  // A file that cannot be read is no file of this commit.
  const inspection = { file: tree.file, substituted: resolved, problems: [] };
  const { files } = collectWorkspaceFiles(inspection, tree.root, context.readSource);
  const complete = resolved && (vars !== null || namedOutright(document, context, files));
  const paths = [document.path, ...files.map(({ path }) => path)];
  return { paths, complete, unrecorded: unrecordedIn(document.path, tree.root) };
}

/** Whether no file is named by a variable: then values that nobody knows change nothing. */
function namedOutright(
  { tree, hasVariables }: PlanDocument,
  { host, readSource }: Omit<InputsContext, 'vars'>,
  files: readonly WorkspaceFile[],
): boolean {
  if (!hasVariables) return true;
  const names = [...effectiveVariables(tree.root, host, {}).keys()];
  const variables = new Map(names.map((name) => [name, NO_FILE]));
  const { root } = substitute(tree.root, { file: tree.file, host, variables, expectsText: always });
  const inspection = { file: tree.file, substituted: true, problems: [] };
  const outright = collectWorkspaceFiles(inspection, root, readSource).files;
  return files.every(({ path }) => outright.some((one) => one.path === path));
}

function always(): boolean {
  return true;
}

/** No file has it in its name. */
const NO_FILE: SourceNode = { type: 'scalar', value: '\0', text: '\0', start: 0, end: 0 };

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
