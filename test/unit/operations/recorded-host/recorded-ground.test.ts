import { expect, it } from 'vitest';
import type {
  Digest,
  HostName,
  HostPath,
  ItemKey,
  PlanName,
  ResourceId,
  RunId,
  WorkspaceName,
  WorkspacePath,
} from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { ResolvedPlan } from '../../../../src/model/plan-file.ts';
import type {
  ManagedFile,
  PlanRecord,
  RecordedState,
  SeenFile,
} from '../../../../src/model/recorded-state.ts';
import { recordedGround } from '../../../../src/operations/recorded-host/recorded-ground.ts';
import { recordedRoot } from '../../../../src/operations/recorded-host/recorded-root.ts';

const WORKSPACE = 'platform' as WorkspaceName;
const RUN = 'R' as RunId;
const OLD = Buffer.from('old\n');

function managed(path: string, owner: string): ManagedFile {
  const state = { sha256: sha256(OLD), size: OLD.length, mode: 0o644, uid: 0, gid: 0 };
  return {
    formatVersion: 1,
    path: path as HostPath,
    kind: 'file',
    record: 'full',
    linkText: null,
    state,
    lastRun: RUN,
    original: { state: null, pristine: true },
    items: {
      ['content' as ItemKey]: {
        owner: { workspace: WORKSPACE, plan: owner as PlanName, resource: 'conf' as ResourceId },
        label: 'content',
        before: { kind: 'absent' },
        applied: null,
        run: RUN,
        sequence: 1,
      },
    },
  };
}

function plan(name: string, ...paths: readonly string[]): ResolvedPlan {
  return {
    name: name as PlanName,
    file: `plans/${name}.yaml` as WorkspacePath,
    description: '',
    after: [],
    resources: paths.map((path) => ({ id: path, spec: { kind: 'file', path } }) as never),
    gates: [],
    workspaceFiles: [],
    inputDigest: '' as Digest,
  };
}

function ground(
  files: readonly ManagedFile[],
  kept: readonly string[],
  plans: readonly ResolvedPlan[],
  gone: readonly string[] = [],
  seen: readonly SeenFile[] = [],
) {
  const recorded: RecordedState = {
    host: 'cp-1' as HostName,
    hostId: '',
    head: null,
    files: new Map(files.map((file) => [file.path, file])),
    plans: [],
  };
  const contents = new Map(kept.map((path) => [path as HostPath, OLD]));
  const root = recordedRoot(recorded, contents, {
    files: new Map(seen.map((file) => [file.declared, file])),
    copies: new Map(seen.map(({ declared }) => [declared, OLD])),
  });
  const released = gone.map((name) => ({ plan: name, workspace: WORKSPACE }) as PlanRecord);
  return recordedGround({ root, plans, released, recorded, workspace: WORKSPACE });
}

it('what was recorded with its content is planned as it is', () => {
  const known = ground([managed('/a', 'app')], ['/a'], [plan('app', '/a')], ['gone']);
  expect(known.notObserved).toEqual([]);
  expect(known.plans).toHaveLength(1);
  expect(known.released).toHaveLength(1);
  expect([...known.recorded.files.keys()]).toEqual(['/a']);
});

it('a path without a record, or without its content, is left out of its plan and told', () => {
  const { plans, recorded, notObserved } = ground(
    [managed('/a', 'app'), managed('/b', 'app')],
    ['/a'],
    [plan('app', '/a', '/b', '/c'), plan('other', '/d')],
  );
  expect(plans.map(({ name, resources }) => [name, resources.length])).toEqual([['app', 1]]);
  expect([...recorded.files.keys()]).toEqual(['/a']);
  expect(notObserved).toEqual([
    { plan: 'app', path: '/b', reason: 'its content is not kept' },
    { plan: 'app', path: '/c', reason: 'never recorded' },
    { plan: 'other', path: '/d', reason: 'never recorded' },
  ]);
});

it('what could not be observed later is told with the time and the reason, although its copy is there', () => {
  const unobserved = { since: '2026-11-21T09:30:00.000Z', reason: 'it is a directory' };
  const file = { ...managed('/a', 'app'), unobserved };
  const { plans, recorded, notObserved } = ground([file], ['/a'], [plan('app', '/a')]);
  expect([plans, recorded.files.size]).toEqual([[], 0]);
  const reason = 'not since 2026-11-21 09:30 UTC: it is a directory';
  expect(notObserved).toEqual([{ plan: 'app', path: '/a', reason }]);
});

it('a plan that is gone is not released as if it owned nothing, when the content of its file is not known', () => {
  const { released, notObserved } = ground([managed('/b', 'gone')], [], [], ['gone']);
  expect(released).toEqual([]);
  expect(notObserved).toEqual([{ plan: 'gone', path: '/b', reason: 'its content is not kept' }]);
});

it('a copy that is not what was verified is no content', () => {
  const { notObserved } = ground(
    [{ ...managed('/a', 'app'), state: null }, managed('/b', 'app')],
    ['/b'],
    [plan('app', '/a', '/b')],
  );
  expect(notObserved).toEqual([]);
  const file = managed('/b', 'app');
  const other =
    file.state === null ? null : { ...file.state, sha256: sha256(Buffer.from('new\n')) };
  const told = ground([{ ...file, state: other }], ['/b'], [plan('app', '/b')]);
  expect(told.notObserved).toMatchObject([{ path: '/b' }]);
});

/** As it was seen through the name `declared`. */
function seen(declared: string, path = declared, there = true): SeenFile {
  const state = { sha256: sha256(OLD), size: OLD.length, mode: 0o600, uid: 0, gid: 0 };
  return {
    formatVersion: 1,
    declared: declared as HostPath,
    path: path as HostPath,
    linkText: path === declared ? null : path,
    state: there ? state : null,
    workspaces: [WORKSPACE],
  };
}

it('what was seen is observed, there or not, through a link or not, and stays without a record', async () => {
  const files = [seen('/a'), seen('/b', '/real'), seen('/c', '/c', false)];
  const names = ['/a', '/b', '/c'];
  const { look, plans, notObserved, recorded } = ground([], [], [plan('app', ...names)], [], files);
  expect(notObserved).toEqual([]);
  expect(plans[0]?.resources).toHaveLength(3);
  expect(recorded.files.size).toBe(0);
  const found = await Promise.all(names.map((name) => look.observe(name as HostPath)));
  expect(found.map(({ path, linkText, content }) => [path, linkText, content.kind])).toEqual([
    ['/a', null, 'file'],
    ['/real', '/real', 'file'],
    ['/c', null, 'absent'],
  ]);
  expect(await look.list('/' as HostPath)).toEqual(['a', 'real']);
});

it('what is managed counts before what was seen of it under another name', async () => {
  const { look } = ground(
    [{ ...managed('/real', 'app'), state: null }],
    [],
    [plan('app', '/b')],
    [],
    [seen('/b', '/real')],
  );
  const { path, content } = await look.observe('/b' as HostPath);
  expect([path, content.kind]).toEqual(['/real', 'absent']);
});
