import { fail, ok, type Diagnostic, type Result } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort.ts';
import { workspaceSchema } from '../../generated/workspace-schema.ts';
import type { WorkspaceDocument } from '../../generated/workspace-types.ts';
import { validateWorkspaceFile } from '../../generated/workspace-validator.js';
import { DEFAULT_RETENTION, type BackupSettings } from '../../model/backup.ts';
import type { Millis, WorkspaceName, WorkspacePath } from '../../model/brand.ts';
import type { ChangeWindow, IgnoreRule, WorkspaceConfig } from '../../model/plan-file.ts';
import { parseDuration } from './duration.ts';
import { GATE_DEFAULTS } from './gate-defaults.ts';
import { inspectDuration } from './inspect-check.ts';
import { inspectWarnEvery, warnEveryOf } from './inspect-warn-every.ts';
import { inspectWindows } from './inspect-windows.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { pathGlobProblem } from './path-glob.ts';
import { readSourceTree } from './read-source-tree.ts';
import { schemaProblems } from './schema-problems.ts';
import { spotOf } from './source-file.ts';
import { child, items, toJson, type SourceNode, type SourceTree } from './source-tree.ts';

/** Reads `setpoint.yaml`. Every problem at once, sorted by place (SP1xxx). */
export function parseWorkspaceConfig(text: string, file: WorkspacePath): Result<WorkspaceConfig> {
  const { tree, problems: found } = readSourceTree(text, file, 'workspace file');
  if (tree === null) return fail(...sortDiagnostics(found));
  const problems: Diagnostic[] = [...found];
  const data = toJson(tree.root);
  if (!validateWorkspaceFile(data)) {
    problems.push(...schemaProblems(tree, workspaceSchema, validateWorkspaceFile.errors ?? []));
  }
  const inspection = { file: tree.file, substituted: true, problems };
  const gates = child(tree.root, 'gates');
  for (const key of ['within', 'every', 'timeout']) inspectDuration(inspection, child(gates, key));
  inspectWarnEvery(inspection, child(child(tree.root, 'schedules'), 'warnEvery'));
  for (const rule of ignoreNodes(tree)) inspectIgnoreRule(inspection, rule);
  const warnings = inspectWindows(inspection, child(tree.root, 'windows'));
  if (problems.length > 0) return fail(...sortDiagnostics(problems));
  // Checked by the validator just above, which is generated from the same schema as the type.
  return ok(config(data as unknown as WorkspaceDocument, tree), warnings);
}

function config(document: WorkspaceDocument, tree: SourceTree): WorkspaceConfig {
  const { gates = {}, state = {} } = document;
  return {
    name: document.name as WorkspaceName,
    hosts: document.hosts ?? [],
    cis: document.cis ?? null,
    catalogue: document.catalogue ?? null,
    stateRemote: state.remote ?? null,
    stateBranch: state.branch ?? null,
    signingKey: state.signingKey ?? null,
    allowedSigners: state.allowedSigners ?? null,
    gates: {
      within: parseDuration(gates.within ?? '') ?? GATE_DEFAULTS.within,
      every: parseDuration(gates.every ?? '') ?? GATE_DEFAULTS.every,
      timeout: parseDuration(gates.timeout ?? '') ?? GATE_DEFAULTS.timeout,
      successes: gates.successes ?? GATE_DEFAULTS.successes,
    },
    backups: backupSettings(document.backups ?? {}),
    drift: { ignore: ignoreRules(document, tree) },
    windows: windowsOf(document.windows ?? []),
    schedules: { warnEvery: warnEveryOf(document.schedules ?? {}) },
  };
}

function windowsOf(written: NonNullable<WorkspaceDocument['windows']>): readonly ChangeWindow[] {
  return written.map(({ name, allow, deny = '', for: lasts, zone, plans, reason = null }) => {
    const rule = allow === undefined ? 'deny' : 'allow';
    const time = parseDuration(lasts) ?? (0 as Millis);
    return { name, rule, schedule: allow ?? deny, for: time, zone, plans, reason };
  });
}

function ignoreNodes(tree: SourceTree): readonly SourceNode[] {
  return items(child(child(tree.root, 'drift'), 'ignore'));
}

function ignoreRules({ drift }: WorkspaceDocument, tree: SourceTree): readonly IgnoreRule[] {
  const nodes = ignoreNodes(tree);
  return (drift?.ignore ?? []).map(({ path, item = null, reason, until = null }, index) => {
    const at = spotOf(tree.file, nodes[index]?.start ?? 0);
    return { path, item, reason, until, at };
  });
}

/** A date of the right form may be no day; a glob may be none. */
function inspectIgnoreRule(inspection: Inspection, rule: SourceNode): void {
  const path = child(rule, 'path');
  const glob = literal(inspection, path);
  // Anything else was said by the schema.
  const problem = glob?.startsWith('/') === true ? pathGlobProblem(glob) : null;
  if (path !== undefined && problem !== null) {
    const help = 'write a glob on whole paths, such as /etc/kubernetes/manifests/*.yaml';
    complain(inspection, 'SP1215', path, `this glob is not valid: ${problem}`, help);
  }
  const until = child(rule, 'until');
  const date = literal(inspection, until);
  if (until === undefined || date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return;
  if (isDay(date)) return;
  complain(inspection, 'SP1216', until, 'there is no such day', 'write it as 2026-12-31');
}

function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}

function backupSettings(written: NonNullable<WorkspaceDocument['backups']>): BackupSettings {
  const { mirror = null, keepWithin, ...counts } = written;
  const within = parseDuration(keepWithin ?? '') ?? DEFAULT_RETENTION.keepWithin;
  return { mirror, rules: { ...DEFAULT_RETENTION, ...counts, keepWithin: within } };
}
