import { posix } from 'node:path';
import type { WorkspacePath } from '../../model/brand.ts';
import type { PlanGates, Step } from '../../model/change-set.ts';
import type { ActionSpec, GateSpec } from '../../model/check.ts';
import type { WorkspaceFile } from '../../model/plan-file.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';

/** Gates and actions that something executes. */
export interface Executed {
  readonly gates: readonly GateSpec[];
  readonly actions: readonly ActionSpec[];
}

/** Those of `files` that the gates and actions name: programs and arguments `./x`, relative ca, cert, key and kubeconfig. */
export function referencedFiles(
  files: readonly WorkspaceFile[],
  { gates, actions }: Executed,
): readonly WorkspaceFile[] {
  const named = new Set<string>();
  for (const { run } of actions) for (const path of programFiles(run)) named.add(path);
  for (const { check } of gates) {
    if (check.kind === 'command') for (const path of programFiles(check.run)) named.add(path);
    if (check.kind !== 'http' && check.kind !== 'etcd-quorum') continue;
    const kubeconfig = check.kind === 'http' ? check.kubeconfig : undefined;
    for (const text of [check.ca, check.cert, check.key, kubeconfig]) {
      if (text !== undefined && !text.startsWith('/')) named.add(posix.normalize(text));
    }
  }
  return files.filter(({ path }) => named.has(path));
}

function programFiles(run: readonly string[]): readonly string[] {
  return run.filter((text) => text.startsWith('./')).map((text) => posix.normalize(text));
}

/** Everything that a plan's record can make a later run execute. */
export function executedByRecord({ files, plan }: PlanGates): Executed {
  const all = Object.values(files);
  return {
    gates: [...plan, ...all.flatMap((file) => file.gates)],
    actions: all.flatMap((file) => file.onChange),
  };
}

export function executedBySteps(steps: readonly Step[], gates: readonly GateSpec[] = []): Executed {
  return {
    gates: [...steps.flatMap((step) => step.gates), ...gates],
    actions: steps.flatMap((step) => step.onChange),
  };
}

/** Files that recorded gates and actions need, as they were when they were recorded; of one path the first record's. */
export function recordedFiles(
  records: readonly PlanRecord[],
  executed: Executed,
): readonly WorkspaceFile[] {
  const byPath = new Map<WorkspacePath, WorkspaceFile>();
  for (const { workspaceFiles } of records) {
    for (const file of referencedFiles(workspaceFiles, executed)) {
      if (!byPath.has(file.path)) byPath.set(file.path, file);
    }
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
