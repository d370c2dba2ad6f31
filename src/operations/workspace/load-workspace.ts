import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostName, RealPath, WorkspacePath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Variables, WorkspaceConfig } from '../../model/plan-file.ts';
import { parsePlanFile } from '../../plan/files/parse-plan.ts';
import type { PlanDocument } from '../../plan/files/parse-plan.ts';
import { parseWorkspaceConfig } from '../../plan/files/parse-workspace.ts';
import type { ResolvedWorkspace } from '../../plan/files/resolve-workspace.ts';
import { resolveWorkspace } from '../../plan/files/resolve-workspace.ts';
import { strangePatterns } from '../windows/strange-patterns.ts';
import { findWorkspace, WORKSPACE_FILE } from './find-workspace.ts';
import { unreadable } from './find-plan-files.ts';
import { readPlanFiles } from './read-plan-files.ts';
import { sourceReader } from './read-source.ts';
import { readWorkspaceText } from './read-workspace-file.ts';
import type { Source } from './read-workspace-file.ts';

/** A parsed workspace, not yet bound to a host. */
export interface LoadedWorkspace {
  readonly dir: RealPath;
  readonly config: WorkspaceConfig;
  readonly documents: readonly PlanDocument[];
  /** Every plan file found, parsed or not. */
  readonly planFiles: readonly WorkspacePath[];
  readonly readSource: (path: WorkspacePath) => Source;
  /** Of `setpoint.yaml`. */
  readonly warnings: readonly Diagnostic[];
}

/** Finds, reads and validates the workspace. Throws SetpointError: exit 64 without a workspace, 65 with every problem of every file. */
export async function loadWorkspace(cwd: string | null): Promise<LoadedWorkspace> {
  const dir = await findWorkspace(cwd);
  const problems: Diagnostic[] = [];
  const settings = readConfig(dir);
  const config = take(settings, problems);
  const read = readPlanFiles(dir);
  problems.push(...read.problems);
  const documents: PlanDocument[] = [];
  for (const { file, text } of read.texts) {
    const document = take(parsePlanFile(text, file), problems);
    if (document !== null) documents.push(document);
  }
  if (problems.length > 0 || config === null) throw new SetpointError(EXIT.invalidPlan, problems);
  const planFiles = read.texts.map(({ file }) => file);
  const names = documents.map(({ name }) => name);
  const found = settings.ok ? (settings.warnings ?? []) : [];
  const warnings = [...found, ...strangePatterns(config.windows, names)];
  return { dir, config, documents, planFiles, readSource: sourceReader(dir), warnings };
}

/** Only `setpoint.yaml`: what needs no plan must not fail because of one. Throws like loadWorkspace. */
export async function loadWorkspaceConfig(cwd: string | null): Promise<WorkspaceConfig> {
  const config = readConfig(await findWorkspace(cwd));
  if (!config.ok) throw new SetpointError(EXIT.invalidPlan, config.diagnostics);
  return config.value;
}

function readConfig(dir: RealPath): Result<WorkspaceConfig> {
  const file = WORKSPACE_FILE as WorkspacePath;
  const read = readWorkspaceText(dir, file);
  return 'problem' in read
    ? fail(unreadable(file, read.problem))
    : parseWorkspaceConfig(read.text, file);
}

/** The workspace's plans for one host. Throws SetpointError exit 65 with every problem. */
export function resolveForHost(
  workspace: LoadedWorkspace,
  host: HostName,
  vars: Variables,
): ResolvedWorkspace {
  const resolved = resolveWorkspace(workspace.documents, {
    host,
    vars,
    defaults: workspace.config.gates,
    cis: workspace.config.cis,
    catalogue: workspace.config.catalogue,
    readSource: workspace.readSource,
  });
  if (!resolved.ok) throw new SetpointError(EXIT.invalidPlan, resolved.diagnostics);
  return resolved.value;
}

function take<T>(result: Result<T>, problems: Diagnostic[]): T | null {
  if (result.ok) return result.value;
  problems.push(...result.diagnostics);
  return null;
}
