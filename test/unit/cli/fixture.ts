import type { ChangeSet, FileChange, PlanPart } from '../../../src/model/change-set.ts';
import type { GateSpec } from '../../../src/model/check.ts';
import type { ItemAction, ItemChange } from '../../../src/model/item.ts';
import type { RunReport } from '../../../src/model/outcome.ts';
import type { ApplyResult, PlanResult } from '../../../src/operations/results.ts';

export const API = '/etc/kubernetes/manifests/kube-apiserver.yaml';
export const POLICY = '/etc/kubernetes/audit/policy.yaml';
const HASH = 'ab'.repeat(32);
const STATE = { sha256: HASH, size: 10, mode: 0o600, uid: 0, gid: 0 };

/** Branded strings are plain strings at run time. */
function cast(value: unknown): never {
  return value as never;
}

export function item(
  action: ItemAction,
  label: string,
  live: string | null,
  desired: string | null,
  more: Partial<ItemChange> = {},
): ItemChange {
  return cast({
    action,
    resource: 'apiserver',
    path: API,
    key: `flags/kube-apiserver/${label.replace(/^--/, '')}`,
    label,
    cause: 'pending',
    live,
    desired,
    before: {},
    ...more,
  });
}

export function file(path: string, more: Partial<FileChange> = {}): FileChange {
  return cast({
    path,
    declared: path,
    linkText: null,
    kind: 'manifest',
    watched: true,
    write: true,
    before: STATE,
    after: { sha256: HASH, size: 10, mode: 0o600 },
    splice: null,
    lastRun: null,
    foreignEdit: false,
    restart: 'not-applicable',
    resources: ['apiserver'],
    ...more,
  });
}

export function gate(id: string, kind: 'http' | 'process' = 'http'): GateSpec {
  return cast({
    id,
    phases: ['before', 'after', 'revert'],
    check: kind === 'http' ? { kind, url: 'https://127.0.0.1:6443/readyz' } : { kind, argv: ['a'] },
    within: 300_000,
    every: 2000,
    timeout: 10_000,
    successes: 3,
  });
}

export function part(plan: string, more: Partial<PlanPart> = {}): PlanPart {
  return cast({
    plan,
    file: `plans/${plan}.yaml`,
    operation: 'apply',
    inputDigest: `sha256:${HASH}`,
    items: [],
    files: [],
    steps: [],
    gates: [],
    workspaceFiles: [],
    record: { files: {}, plan: [] },
    retires: [],
    unchanged: 0,
    warnings: [],
    ...more,
  });
}

export function changeSet(parts: readonly PlanPart[], more: Partial<ChangeSet> = {}): ChangeSet {
  return cast({
    formatVersion: '1.0',
    digest: `sha256:${'9f8e7d6c5b4a'.padEnd(64, '0')}`,
    host: 'cp-1',
    workspace: 'prod',
    request: { plans: [], vars: {} },
    parts,
    meta: {
      commit: '1a2b3c4d5e6f'.padEnd(40, '0'),
      dirty: [],
      createdAt: '2025-11-21T10:00:00Z',
      actor: 'alice',
      toolVersion: '0.1.0',
      inSync: 14,
      diffs: {},
    },
    ...more,
  });
}

export function planResult(set: ChangeSet, more: Partial<PlanResult> = {}): PlanResult {
  return { set, blockers: [], warnings: [], recordedCommit: null, savedTo: null, ...more };
}

export function report(plan: string, more: Partial<RunReport> = {}): RunReport {
  return cast({
    run: '01K2Y3RUN0000000000000000A',
    plan,
    workspace: 'prod',
    host: 'cp-1',
    operation: 'apply',
    outcome: 'applied',
    commits: ['c0ffee'.padEnd(40, '0')],
    changeSet: `sha256:${HASH}`,
    startedAt: '2025-11-21T10:00:00Z',
    endedAt: '2025-11-21T10:00:09Z',
    checks: [
      {
        id: 'apiserver[0]',
        phase: 'before',
        verdict: 'green',
        attempts: 3,
        took: 4100,
        detail: 'HTTP 200',
      },
      {
        id: 'apiserver[0]',
        phase: 'after',
        verdict: 'green',
        attempts: 5,
        took: 8200,
        detail: 'HTTP 200',
      },
    ],
    reason: null,
    manualCommands: [],
    unrecorded: false,
    unproven: false,
    ...more,
  });
}

export function applyResult(
  runs: readonly RunReport[],
  more: Partial<ApplyResult> = {},
): ApplyResult {
  const set = changeSet([part('audit-log', { items: [item('add', '--a', null, '1')] })]);
  return { set, runs, notRun: [], recovered: [], problems: [], exitCode: 0, ...more };
}

/** A set with one of everything. */
export function everything(): ChangeSet {
  return changeSet([
    part('audit-log', {
      unchanged: 3,
      gates: [gate('plan[0]')],
      items: [
        item('add', 'content', null, `sha256:${HASH}`, {
          resource: cast('policy'),
          path: cast(POLICY),
          key: cast('content'),
        }),
        item('add', '--audit-log-maxage', null, '30'),
        item('change', '--profiling', 'true', 'false', { cause: 'drifted' }),
        item('change', '--v', '4', '2', { cause: 'both' }),
        item('remove', '--insecure-port', '8080', null),
        item('adopt', '--audit-log-path', '/var/log/a.log', '/var/log/a.log'),
      ],
      files: [
        file(POLICY, { before: null, kind: 'file', watched: false }),
        file(API, { restart: 'expected', foreignEdit: true }),
      ],
      steps: cast([
        { path: POLICY, gates: [], onChange: [], audits: [] },
        {
          path: API,
          gates: [gate('apiserver:process', 'process'), gate('apiserver[0]')],
          onChange: [],
          audits: [
            {
              id: 'cis-1.12/1.2.16',
              check: { kind: 'tcp', host: 'localhost', port: 1 },
              timeout: 1,
            },
          ],
        },
      ]),
    }),
    part('idle', { unchanged: 11 }),
    part('old', {
      operation: 'release',
      items: [
        item('release', '--old', '1', null, { path: cast('/etc/old.yaml') }),
        item('forget', '--gone', '7', null, { path: cast('/etc/old.yaml') }),
      ],
      files: [file('/etc/old.yaml', { after: null })],
    }),
  ]);
}
