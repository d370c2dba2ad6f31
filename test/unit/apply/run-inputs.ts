import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunInput } from '../../../src/apply/machine/run-input.ts';
import { newRunId } from '../../../src/host/run-id.ts';
import type {
  Digest,
  ItemKey,
  Millis,
  PlanName,
  RealPath,
  ResourceId,
  WorkspaceName,
  WorkspacePath,
} from '../../../src/model/brand.ts';
import type { FileChange, PlanPart, Step } from '../../../src/model/change-set.ts';
import type { AuditSpec, GatePhase, GateSpec } from '../../../src/model/check.ts';
import { ABSENT, type FileImage, type FileState } from '../../../src/model/file-image.ts';
import type { RecordRule } from '../../../src/model/plan-file.ts';
import type { ItemChange } from '../../../src/model/item.ts';
import type { ManagedFile } from '../../../src/model/recorded-state.ts';
import type { StateChange } from '../../../src/model/state-change.ts';
import { HOST, hostPath, sha256, type RunRig } from './run-rig.ts';

export interface FileEdit {
  readonly path: string;
  /** New content; null deletes; the old content with another mode changes only that. */
  readonly to: string | null;
  readonly mode?: number;
  readonly watched?: boolean;
  readonly inPlace?: boolean;
  /** Absent: in full, without a copy of what was there before. */
  readonly record?: RecordRule;
  /** Shell lines that are gates of this file's step. */
  readonly gates?: readonly string[];
  readonly onChange?: readonly string[];
  readonly audits?: readonly string[];
}

export interface PartOptions {
  readonly planGates?: readonly string[];
  readonly offline?: boolean;
  readonly allowUnhealthy?: boolean;
  readonly observed?: boolean;
  readonly workspaceFiles?: Readonly<Record<string, string>>;
  readonly phases?: readonly GatePhase[];
}

const PLAN = 'web' as PlanName;
const WORKSPACE = 'fleet' as WorkspaceName;
const DIGEST = `sha256:${'a'.repeat(64)}` as Digest;

/** What planning a run reads of a rig. */
export type PlannedOn = Pick<RunRig, 'root' | 'host' | 'state' | 'read' | 'stateOf'>;

/** A run that makes these edits, planned against the rig's files as they are now. */
export async function runInput(
  rig: PlannedOn,
  edits: readonly FileEdit[],
  options: PartOptions = {},
): Promise<RunInput> {
  const run = newRunId(rig.host.clock);
  const planned = edits.map((edit) => plan(rig, edit));
  const files = planned.map(({ change }) => change);
  const workspaceDir = writeWorkspace(rig, options.workspaceFiles ?? {});
  const part: PlanPart = {
    plan: PLAN,
    file: 'plans/web.yaml' as WorkspacePath,
    operation: 'apply',
    inputDigest: DIGEST,
    items: files.map(itemChange),
    files,
    steps: edits.filter((_, i) => files[i]?.write).map((edit) => step(edit, options)),
    gates: (options.planGates ?? []).map((line, i) => gate(`plan[${i}]`, line, options)),
    workspaceFiles: Object.entries(options.workspaceFiles ?? {}).map(([path, text]) => ({
      path: path as WorkspacePath,
      sha256: sha256(text),
      executable: true,
    })),
    record: { files: {}, plan: [] },
    retires: [],
    unchanged: 0,
    warnings: [],
  };
  const stateChange = (applied: string): StateChange => ({
    files: planned.map(({ change, images }, i) => ({
      path: change.path,
      managed: managed(
        change,
        applied === 'after' ? stateFrom(change, images.after) : change.before,
        run,
      ),
      copy: bytesOf(applied === 'after' ? images.after : images.before),
      ...(edits[i]?.record === 'full' ? { original: bytesOf(images.before) } : {}),
    })),
    plans: [],
  });
  return {
    run,
    part,
    set: {
      digest: DIGEST,
      host: HOST,
      workspace: WORKSPACE,
      commit: null,
      dirty: [],
      actor: 'tester',
      toolVersion: '0.1.0',
      overrides: [],
    },
    images: new Map(planned.map(({ change, images }) => [change.path, images])),
    recorded: await rig.state.load(),
    kept: stateChange('after'),
    reverted: { files: [], plans: [planHold(run)] },
    observed: options.observed === true ? stateChange('before') : null,
    workspaceDir,
    options: { offline: options.offline ?? false, allowUnhealthy: options.allowUnhealthy ?? false },
  };
}

function plan(
  rig: PlannedOn,
  edit: FileEdit,
): { change: FileChange; images: { before: FileImage; after: FileImage } } {
  const path = hostPath(edit.path);
  const state = rig.stateOf(edit.path);
  const old = rig.read(edit.path);
  const before: FileImage =
    state === null || old === null
      ? ABSENT
      : { exists: true, bytes: Buffer.from(old), mode: state.mode };
  const mode = edit.mode ?? state?.mode ?? 0o644;
  const after: FileImage =
    edit.to === null ? ABSENT : { exists: true, bytes: Buffer.from(edit.to), mode };
  const change: FileChange = {
    path,
    declared: path,
    linkText: null,
    kind: edit.watched === true ? 'manifest' : 'file',
    watched: edit.watched ?? false,
    write: edit.to !== old || mode !== state?.mode,
    ...(edit.inPlace === true ? { method: 'in-place' as const } : {}),
    ...(edit.record === 'digest' ? { record: { rule: 'digest' as const } } : {}),
    before: state,
    after: after.exists ? { sha256: sha256(after.bytes), size: after.bytes.length, mode } : null,
    splice: null,
    lastRun: null,
    foreignEdit: false,
    restart: 'not-applicable',
    resources: ['r' as ResourceId],
  };
  return { change, images: { before, after } };
}

function step(edit: FileEdit, options: PartOptions): Step {
  const id = (i: number): string => `${edit.path}[${i}]`;
  return {
    path: hostPath(edit.path),
    gates: (edit.gates ?? []).map((line, i) => gate(id(i), line, options)),
    onChange: (edit.onChange ?? []).map((line) => ({
      run: ['sh', '-c', line],
      timeout: 30_000 as Millis,
    })),
    audits: (edit.audits ?? []).map((line, i): AuditSpec => ({
      id: `audit${id(i)}`,
      check: command(line),
      timeout: 30_000 as Millis,
    })),
  };
}

function gate(id: string, line: string, options: PartOptions): GateSpec {
  return {
    id,
    phases: options.phases ?? ['before', 'after', 'revert'],
    check: command(line),
    within: 400 as Millis,
    every: 20 as Millis,
    timeout: 30_000 as Millis,
    successes: 1,
  };
}

function command(line: string): GateSpec['check'] {
  return { kind: 'command', run: ['sh', '-c', line] };
}

function itemChange(change: FileChange): ItemChange {
  return {
    action: change.write ? 'change' : 'adopt',
    resource: 'r' as ResourceId,
    path: change.path,
    key: 'content' as ItemKey,
    label: 'content',
    cause: 'pending',
    live: change.before?.sha256 ?? null,
    desired: change.after?.sha256 ?? null,
    before: {},
  };
}

function managed(change: FileChange, state: FileState | null, run: RunInput['run']): ManagedFile {
  return {
    formatVersion: 1,
    path: change.path,
    kind: change.kind,
    record: change.record?.rule ?? 'full',
    linkText: null,
    state,
    lastRun: run,
    original: { state: change.before, pristine: true },
    items: {},
  };
}

function planHold(run: RunInput['run']): StateChange['plans'][number] {
  const hold = { run, inputDigest: DIGEST, reason: 'reverted' };
  const record = {
    formatVersion: 1,
    workspace: WORKSPACE,
    plan: PLAN,
    file: 'plans/web.yaml' as WorkspacePath,
    commit: null,
    dirty: false,
    inputDigest: DIGEST,
    run,
    gates: { files: {}, plan: [] },
    workspaceFiles: [],
    hold,
  } as const;
  return { workspace: WORKSPACE, plan: PLAN, record };
}

function stateFrom(change: FileChange, image: FileImage): FileState | null {
  if (!image.exists || change.after === null) return null;
  return { ...change.after, uid: change.before?.uid ?? 0, gid: change.before?.gid ?? 0 };
}

function bytesOf(image: FileImage): Uint8Array | null {
  return image.exists ? image.bytes : null;
}

function writeWorkspace(rig: PlannedOn, files: Readonly<Record<string, string>>): RealPath {
  const dir = join(rig.root, 'workspace');
  mkdirSync(dir, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir as RealPath;
}
