import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { EditedPlan } from '../../plan/adopting/edit-plan.ts';
import type { Adoption } from '../../plan/adopting/plan-adoption.ts';
import type { LoadedWorkspace } from '../workspace/load-workspace.ts';
import { MAX_PLAN_FILE, readWorkspaceFile } from '../workspace/read-workspace-file.ts';
import { changedMeanwhile } from './write-workspace-files.ts';
import type { WorkspaceFileChange } from './write-workspace-files.ts';

/** Which files get which bytes, by path. Throws SetpointError 6 (SP3087) for a plan file that is not what was parsed, 65 for one too large. */
export function workspaceChanges(
  workspace: LoadedWorkspace,
  { plans, sources }: Adoption,
): readonly WorkspaceFileChange[] {
  const changes = [
    ...plans.map((plan) => planChange(workspace, plan)),
    ...sources.map(({ source, bytes }) => sourceChange(workspace, source, bytes)),
  ];
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function planChange({ dir }: LoadedWorkspace, { before, after }: EditedPlan): WorkspaceFileChange {
  const { path } = before;
  const read = readWorkspaceFile(dir, path, MAX_PLAN_FILE);
  if ('problem' in read) throw changedMeanwhile(path);
  const text = Buffer.from(read.bytes).toString('utf8');
  // Parsed without it.
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (text.slice(mark.length) !== before.tree.file.text) throw changedMeanwhile(path);
  const bytes = Buffer.from(mark + after.tree.file.text, 'utf8');
  if (bytes.length > MAX_PLAN_FILE) throw tooLarge(path);
  return { path, before: read.bytes, after: bytes };
}

function sourceChange(
  { readSource }: LoadedWorkspace,
  path: WorkspacePath,
  after: Uint8Array,
): WorkspaceFileChange {
  const read = readSource(path);
  if ('problem' in read) throw changedMeanwhile(path);
  return { path, before: read.bytes, after };
}

function tooLarge(path: WorkspacePath): SetpointError {
  return new SetpointError(EXIT.invalidPlan, [
    {
      code: 'SP3082',
      severity: 'error',
      message: `${path} would be larger than ${MAX_PLAN_FILE} bytes`,
      help: 'move the content into a file of the workspace and name it by source',
    },
  ]);
}
