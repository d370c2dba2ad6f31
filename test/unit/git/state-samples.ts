import { createHash } from 'node:crypto';
import { openStateRepository } from '../../../src/git/record/state-repository.ts';
import type { StateRepository } from '../../../src/git/record/state-repository.ts';
import type {
  CommitId,
  Digest,
  HostName,
  HostPath,
  ItemKey,
  PlanName,
  ResourceId,
  RunId,
  Sha256,
  WorkspaceName,
  WorkspacePath,
} from '../../../src/model/brand.ts';
import type { ManagedFile, PlanRecord } from '../../../src/model/recorded-state.ts';
import type { StateChange, StateCommitSpec } from '../../../src/model/state-change.ts';
import { scratchDirectory } from './scratch.ts';

export const RUN = '01JC0000000000000000000001' as RunId;
export const HOST = 'cp-1' as HostName;

export function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

export function managed(path: string, content = 'a\n'): ManagedFile {
  const sha256 = createHash('sha256').update(content).digest('hex') as Sha256;
  const state = { sha256, size: content.length, mode: 0o600, uid: 0, gid: 0 };
  return {
    formatVersion: 1,
    path: path as HostPath,
    kind: 'manifest',
    record: 'full',
    linkText: null,
    state,
    lastRun: RUN,
    original: { state, pristine: true },
    items: {
      ['flags/etcd/data-dir' as ItemKey]: {
        owner: {
          workspace: 'fleet' as WorkspaceName,
          plan: 'etcd' as PlanName,
          resource: 'etcd' as ResourceId,
        },
        label: '--data-dir',
        before: { text: '--data-dir=/x', neighbours: ['a', null] },
        applied: '/var/lib/etcd',
        run: RUN,
        sequence: 1,
      },
    },
  };
}

export function planRecord(plan: string): PlanRecord {
  return {
    formatVersion: 1,
    workspace: 'fleet' as WorkspaceName,
    plan: plan as PlanName,
    file: `plans/${plan}.yaml` as WorkspacePath,
    commit: 'c'.repeat(40) as CommitId,
    dirty: false,
    inputDigest: `sha256:${'d'.repeat(64)}` as Digest,
    run: RUN,
    gates: { files: {}, plan: [] },
    workspaceFiles: [],
    hold: null,
  };
}

export function fileChange(path: string, content = 'a\n'): StateChange['files'][number] {
  return {
    path: path as HostPath,
    managed: managed(path, content),
    copy: bytes(content),
    original: bytes(`before ${content}`),
  };
}

export function change(...paths: readonly string[]): StateChange {
  return { files: paths.map((path) => fileChange(path)), plans: [] };
}

export function commitSpec(tree: string, parent: CommitId | null = null): StateCommitSpec {
  return {
    tree,
    parent,
    message: `applied etcd: 1 change\n\nSetpoint-Run: ${RUN}\n`,
    date: 1_700_000_000,
  };
}

/** A repository in a new state directory; the same `hostId` everywhere, so that ids can be compared. */
export function newState(
  options: {
    readonly stateDir?: string;
    readonly searchPath?: string;
    readonly lockFd?: number;
  } = {},
): StateRepository {
  return openStateRepository({
    stateDir: options.stateDir ?? scratchDirectory(),
    host: HOST,
    newHostId: () => 'host-id-1',
    searchPath: options.searchPath ?? process.env['PATH'],
    lockFd: options.lockFd,
  });
}

/** Prepares, commits and advances; gives the new head. */
export async function commitChange(
  state: StateRepository,
  what: StateChange,
  from: CommitId | null = null,
): Promise<CommitId> {
  const commit = await state.writeCommit(commitSpec(await state.prepare(from, what), from));
  await state.advance(commit, from);
  return commit;
}
