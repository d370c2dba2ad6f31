import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type {
  CommitId,
  HostPath,
  PlanName,
  WorkspaceName,
  WorkspacePath,
} from '../../../../src/model/brand.ts';
import type { StateChange } from '../../../../src/model/state-change.ts';
import { countingGit, plainGit, scratchDirectory } from '../scratch.ts';
import {
  HOST,
  RUN,
  bytes,
  change,
  commitChange,
  commitSpec,
  fileChange,
  managed,
  newState,
  planRecord,
} from '../state-samples.ts';

const ETCD = '/etc/kubernetes/manifests/etcd.yaml' as HostPath;

describe('recorded state', () => {
  test('reading a host that never ran creates nothing', async () => {
    const stateDir = scratchDirectory();
    const state = newState({ stateDir });
    expect(await state.load()).toEqual({
      host: HOST,
      hostId: '',
      head: null,
      files: new Map(),
      plans: [],
    });
    expect(await state.copyOf(ETCD)).toBeNull();
    expect(await state.log(10)).toEqual([]);
    expect(await state.verify()).toEqual([]);
    expect(existsSync(join(stateDir, 'state.git'))).toBe(false);
  });

  test('what was committed is what is loaded', async () => {
    const state = newState();
    const record = planRecord('etcd');
    const head = await commitChange(state, {
      files: [fileChange(ETCD, 'flags\r\n')],
      plans: [{ workspace: 'fleet' as WorkspaceName, plan: 'etcd' as PlanName, record }],
    });
    expect(await state.load()).toEqual({
      host: HOST,
      hostId: 'host-id-1',
      head,
      files: new Map([[ETCD, managed(ETCD, 'flags\r\n')]]),
      plans: [record],
    });
    expect(Buffer.from((await state.copyOf(ETCD))!).toString()).toBe('flags\r\n');
    expect(Buffer.from((await state.originalOf(ETCD))!).toString()).toBe('before flags\r\n');
    expect(await state.verify()).toEqual([]);
    expect(plainGit(state.dir, 'fsck', '--strict')).toBe('');
  });

  test('workspace files that a record names come, stay and go with it; no other plan or content does', async () => {
    const state = newState();
    const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
    const contents = new Map([
      [one, bytes('one')],
      [two, bytes('two')],
    ]);
    const files = [one, two].map((sha256, i) => ({
      path: `checks/${i}.sh` as WorkspacePath,
      sha256,
      executable: true,
    }));
    const names = (): string =>
      plainGit(state.dir, 'ls-tree', '-r', '--name-only', `setpoint/${HOST}`, 'workspace/');
    const set = (plan: string, needed: typeof files | null, given = contents): StateChange => {
      const record = needed === null ? null : { ...planRecord(plan), workspaceFiles: needed };
      const workspace = 'fleet' as WorkspaceName;
      return {
        files: [],
        plans: [{ workspace, plan: plan as PlanName, record, contents: given }],
      };
    };
    const a = await commitChange(state, set('etcd', files.slice(0, 1)));
    const b = await commitChange(state, set('etcd-2', files), a);
    expect(names().split('\n')).toHaveLength(4);
    const c = await commitChange(state, set('etcd', files, new Map()), b);
    const record = { ...planRecord('etcd'), workspaceFiles: files };
    expect([...(await state.workspaceFiles([record])).keys()]).toEqual([one]);
    const d = await commitChange(state, set('etcd-2', files.slice(1)), c);
    await commitChange(state, set('etcd', null), d);
    expect(names()).toBe(`workspace/fleet/etcd-2/${two}\n`);
    expect((await state.workspaceFiles([record], b)).get(one)).toEqual(Buffer.from('one'));
  });

  test('a prepared tree and a written commit are not visible until the branch moves', async () => {
    const state = newState();
    const commit = await state.writeCommit(commitSpec(await state.prepare(null, change(ETCD))));
    expect(await state.head()).toBeNull();
    await state.advance(commit, null);
    expect(await state.head()).toBe(commit);
  });

  test('an absent copy stays, null removes it, and a file given back is gone whole', async () => {
    const state = newState();
    const first = await commitChange(state, change(ETCD, '/etc/a'));
    const second = await commitChange(
      state,
      { files: [{ path: ETCD, managed: managed(ETCD, 'new'), copy: null }], plans: [] },
      first,
    );
    expect(await state.copyOf(ETCD)).toBeNull();
    expect(await state.originalOf(ETCD)).not.toBeNull();
    expect(await state.copyOf(ETCD, first)).not.toBeNull();
    await commitChange(state, { files: [{ path: ETCD, managed: null }], plans: [] }, second);
    expect([...(await state.load()).files.keys()]).toEqual(['/etc/a']);
    expect(
      plainGit(state.dir, 'ls-tree', '-r', '--name-only', `setpoint/${HOST}`).trim().split('\n'),
    ).toEqual(['files/etc/a', 'host.json', 'managed/etc/a.json', 'original/etc/a']);
  });

  test('the same spec gives the same id in another repository and again', async () => {
    const [one, other] = [newState(), newState()];
    const spec = commitSpec(await one.prepare(null, change(ETCD)));
    expect(await other.prepare(null, change(ETCD))).toBe(spec.tree);
    const id = one.commitId(spec);
    expect(await one.writeCommit(spec)).toBe(id);
    expect(await one.writeCommit(spec)).toBe(id);
    expect(await other.writeCommit(spec)).toBe(id);
    expect(one.commitId({ ...spec, date: spec.date + 1 })).not.toBe(id);
  });

  test('a commit of a tree that is not there is refused', async () => {
    const state = newState();
    await state.prepare(null, change(ETCD));
    await expect(state.writeCommit(commitSpec('1'.repeat(40)))).rejects.toThrow(/SP5002/);
  });

  test('a file and files beneath a directory of its name live side by side', async () => {
    const state = newState();
    const first = await commitChange(state, change('/srv/a', '/srv/a.json/b'));
    const second = await commitChange(
      state,
      change('/srv/a/b', '/srv/a/c/d', '/srv/a.json'),
      first,
    );
    const paths = [
      '/srv/a',
      '/srv/a.json',
      '/srv/a.json/b',
      '/srv/a/b',
      '/srv/a/c/d',
    ] as HostPath[];
    expect([...(await state.load()).files.keys()].sort()).toEqual(paths);
    expect([...(await state.originals(paths)).keys()].sort()).toEqual(paths);
    const gone = ['/srv/a/b', '/srv/a/c/d'].map((path) => ({
      path: path as HostPath,
      managed: null,
    }));
    await commitChange(state, { files: gone, plans: [] }, second);
    expect(plainGit(state.dir, 'ls-tree', '-r', '--name-only', `setpoint/${HOST}`, 'files/')).toBe(
      'files/srv/a\nfiles/srv/a.json%file\nfiles/srv/a.json/b\n',
    );
    expect(await state.copyOf('/srv/a' as HostPath)).not.toBeNull();
  });

  test('odd names come back as they are', async () => {
    const state = newState();
    const odd = [
      '/-x',
      '/a b/"c"\'d',
      '/new\nline\ttab',
      '/ü/日本',
      '/.git/config',
      '/a/GIT~1',
      '/100%/%41',
      '/back\\slash',
      '/:x',
    ];
    await commitChange(state, change(...odd));
    expect([...(await state.load()).files.keys()].sort()).toEqual([...odd].sort());
    expect((await state.copies(odd as HostPath[])).size).toBe(odd.length);
    expect(plainGit(state.dir, 'fsck', '--strict')).toBe('');
  });

  test('a thousand files take a handful of git processes to write and to read', async () => {
    const git = countingGit();
    const state = newState({ searchPath: git.path });
    const paths = Array.from({ length: 1000 }, (_, i) => `/etc/many/${i}.conf`);
    const files = paths.map((path, i) => fileChange(path, `content ${i}\n`));
    const head = await commitChange(state, { files, plans: [] });
    const toWrite = git.calls().length;
    expect(toWrite).toBeLessThanOrEqual(6);
    expect((await state.load()).files.size).toBe(1000);
    expect((await state.originals(paths as HostPath[])).size).toBe(1000);
    expect(git.calls().length - toWrite).toBeLessThanOrEqual(3);
    await commitChange(state, change('/etc/many/7.conf'), head);
    expect((await state.load()).files.size).toBe(1000);
  });

  test('the repository is private and a second host has a branch of its own', async () => {
    const stateDir = scratchDirectory();
    const state = newState({ stateDir });
    await commitChange(state, change(ETCD));
    expect(statSync(state.dir).mode & 0o777).toBe(0o700);
    expect(plainGit(state.dir, 'for-each-ref', '--format=%(refname)')).toBe(
      `refs/heads/setpoint/${HOST}\n`,
    );
  });

  test('history lists runs with their trailers and shows what their commits changed', async () => {
    const state = newState();
    const first = await commitChange(state, { files: [fileChange('/etc/a', 'one\n')], plans: [] });
    const second = await commitChange(
      state,
      { files: [fileChange('/etc/a', 'two\n')], plans: [] },
      first,
    );
    expect((await state.log(10)).map(({ commit, parent }) => [commit, parent])).toEqual([
      [second, first],
      [first, null],
    ]);
    expect((await state.log(1)).map(({ commit }) => commit)).toEqual([second]);
    const [entry] = await state.commitsOfRun(RUN.slice(0, 20).toLowerCase());
    expect(entry).toMatchObject({
      commit: first,
      date: 1_700_000_000,
      subject: 'applied etcd: 1 change',
    });
    expect(entry!.trailers).toEqual([{ key: 'Setpoint-Run', value: RUN }]);
    expect(await state.commitsOfRun('.*')).toEqual([]);
    expect(await state.commitsOfRun('01JD')).toEqual([]);
  });

  test('bytes that are no text survive', async () => {
    const state = newState();
    const content = new Uint8Array([0, 255, 10, 13, 0, 128]);
    await commitChange(state, {
      files: [{ ...fileChange('/bin'), copy: content, original: bytes('') }],
      plans: [],
    });
    expect(new Uint8Array((await state.copyOf('/bin' as HostPath))!)).toEqual(content);
    expect((await state.originalOf('/bin' as HostPath))!.length).toBe(0);
  });

  test('a base that is not in the repository is an error, not an empty state', async () => {
    const state = newState();
    await expect(state.prepare('1'.repeat(40) as CommitId, change(ETCD))).rejects.toThrow(/SP5002/);
  });
});
