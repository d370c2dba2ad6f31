import { fail, ok, type Diagnostic, type Result } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort.ts';
import { workspaceSchema } from '../../generated/workspace-schema.ts';
import type { WorkspaceDocument } from '../../generated/workspace-types.ts';
import { validateWorkspaceFile } from '../../generated/workspace-validator.js';
import { DEFAULT_RETENTION, type BackupSettings } from '../../model/backup.ts';
import type { WorkspaceName, WorkspacePath } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { parseDuration } from './duration.ts';
import { GATE_DEFAULTS } from './gate-defaults.ts';
import { inspectDuration } from './inspect-check.ts';
import { readSourceTree } from './read-source-tree.ts';
import { schemaProblems } from './schema-problems.ts';
import { child, toJson } from './source-tree.ts';

/** Reads `setpoint.yaml`. Every problem at once, sorted by place (SP1xxx). */
export function parseWorkspaceConfig(text: string, file: WorkspacePath): Result<WorkspaceConfig> {
  const { tree, problems: found } = readSourceTree(text, file, 'workspace file');
  if (tree === null) return fail(...sortDiagnostics(found));
  const problems: Diagnostic[] = [...found];
  const data = toJson(tree.root);
  if (!validateWorkspaceFile(data)) {
    problems.push(...schemaProblems(tree, workspaceSchema, validateWorkspaceFile.errors ?? []));
  }
  const gates = child(tree.root, 'gates');
  for (const key of ['within', 'every', 'timeout']) {
    inspectDuration({ file: tree.file, substituted: true, problems }, child(gates, key));
  }
  if (problems.length > 0) return fail(...sortDiagnostics(problems));
  // Checked by the validator just above, which is generated from the same schema as the type.
  return ok(config(data as unknown as WorkspaceDocument));
}

function config(document: WorkspaceDocument): WorkspaceConfig {
  const { gates = {} } = document;
  return {
    name: document.name as WorkspaceName,
    hosts: document.hosts ?? [],
    stateRemote: document.state?.remote ?? null,
    stateBranch: document.state?.branch ?? null,
    gates: {
      within: parseDuration(gates.within ?? '') ?? GATE_DEFAULTS.within,
      every: parseDuration(gates.every ?? '') ?? GATE_DEFAULTS.every,
      timeout: parseDuration(gates.timeout ?? '') ?? GATE_DEFAULTS.timeout,
      successes: gates.successes ?? GATE_DEFAULTS.successes,
    },
    backups: backupSettings(document.backups ?? {}),
  };
}

function backupSettings(written: NonNullable<WorkspaceDocument['backups']>): BackupSettings {
  const { mirror = null, keepWithin, ...counts } = written;
  const within = parseDuration(keepWithin ?? '') ?? DEFAULT_RETENTION.keepWithin;
  return { mirror, rules: { ...DEFAULT_RETENTION, ...counts, keepWithin: within } };
}
