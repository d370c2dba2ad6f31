import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { child, entries, type SourceNode } from '../../plan/files/source-tree.ts';
import { loadWorkspace, loadWorkspaceConfig } from '../workspace/load-workspace.ts';

export interface AuditedWorkspace {
  readonly config: WorkspaceConfig | null;
  /** Manifests that its plans name, for whatever host, without variables. */
  readonly paths: readonly HostPath[];
}

/**
 * What the workspace that the command stands in says about audits; nothing outside of one. A host can be audited although plans are
 * broken: what is wrong with them is noted.
 */
export async function workspaceIfAny(
  cwd: string | null,
  notes: Diagnostic[],
): Promise<AuditedWorkspace> {
  try {
    const config = await loadWorkspaceConfig(cwd);
    return { config, paths: await pathsOfPlans(cwd, notes) };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    if (error.exitCode !== EXIT.usage) notes.push(unread('setpoint.yaml', error));
    return { config: null, paths: [] };
  }
}

async function pathsOfPlans(cwd: string | null, notes: Diagnostic[]): Promise<readonly HostPath[]> {
  try {
    const { documents } = await loadWorkspace(cwd);
    const resources = documents.flatMap(({ tree }) => entries(child(tree.root, 'resources')));
    return resources.map(({ value }) => manifestPath(value)).filter((path) => path !== null);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    notes.push(unread('manifests that only plans name', error));
    return [];
  }
}

function unread(what: string, error: SetpointError): Diagnostic {
  const why = error.diagnostics.map(({ message }) => message).join('; ');
  const message = `${what}: not looked at, because the workspace is not valid: ${why}`;
  return { code: 'SP4153', severity: 'warning', message, help: 'setpoint validate' };
}

function manifestPath(resource: SourceNode): HostPath | null {
  const [kind, path] = [child(resource, 'kind'), child(resource, 'path')];
  if (kind?.type !== 'scalar' || kind.text !== 'manifest' || path?.type !== 'scalar') return null;
  const { text } = path;
  return text.startsWith('/') && !text.includes('${') ? (text as HostPath) : null;
}
