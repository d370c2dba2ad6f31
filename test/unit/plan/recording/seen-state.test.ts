import { expect, it } from 'vitest';
import type { HostPath, RunId, WorkspaceName } from '../../../../src/model/brand.ts';
import type { ObservedFile } from '../../../../src/model/file-image.ts';
import type { RecordRule } from '../../../../src/model/plan-file.ts';
import type { SeenFile } from '../../../../src/model/recorded-state.ts';
import { seenState, type SeenHost } from '../../../../src/plan/recording/seen-state.ts';
import { plan, PlanningBench } from '../difference/planning-bench.ts';

interface Looked {
  readonly names?: readonly string[];
  readonly seen?: readonly SeenFile[];
  readonly open?: readonly string[];
  readonly workspace?: string;
  readonly time?: string;
  readonly observed?: Readonly<Record<string, Partial<ObservedFile>>>;
  readonly rules?: Readonly<Record<string, RecordRule>>;
}

function managing(): PlanningBench {
  const bench = new PlanningBench({ '/a': 'x=0\n', '/b': 'there\n' });
  bench.apply([plan('p', { '/a': { x: '1' } })]);
  return bench;
}

/** `names`: what plans of the workspace name; absent: no workspace. */
function look(bench: PlanningBench, looked: Looked = {}) {
  const { names, seen = [], open = [], workspace = 'prod', observed = {}, rules = {} } = looked;
  const { time = '2026-11-21T09:30:00.000Z' } = looked;
  const observe = (path: HostPath): [HostPath, ObservedFile] => [
    path,
    { ...bench.observe(path), ...observed[path] },
  ];
  const host: SeenHost = {
    recorded: bench.recorded,
    seen: new Map(seen.map((file) => [file.declared, file])),
    managed: new Map([...bench.managed.keys()].map(observe)),
    declared:
      names === undefined
        ? null
        : {
            workspace: workspace as WorkspaceName,
            files: new Map((names as readonly HostPath[]).map(observe)),
            rules: new Map(Object.entries(rules) as [HostPath, RecordRule][]),
          },
    open: new Map(open.map((path) => [path as HostPath, 'R' as RunId])),
    time,
  };
  return seenState(host);
}

function seenIn(state: ReturnType<typeof look>): readonly SeenFile[] {
  return state.change.seen?.flatMap(({ seen }) => seen ?? []) ?? [];
}

it('an edit by others is recorded with its bytes; what was applied stays', () => {
  const bench = managing();
  expect(look(bench).change).toEqual({ files: [], plans: [], seen: [] });
  bench.files.set('/a', 'x=9\n');
  const { change, edited } = look(bench);
  expect(edited).toEqual(['/a']);
  const [file] = change.files;
  expect(Buffer.from(file?.copy ?? '').toString()).toBe('x=9\n');
  expect(file?.managed).toMatchObject({
    original: { pristine: false },
    items: { x: { applied: '1' } },
  });
  bench.record(change);
  expect(look(bench).edited).toEqual([]);
  bench.files.delete('/a');
  expect(look(bench).change.files[0]).toMatchObject({ copy: null, managed: { state: null } });
});

it('a mode that others set is recorded, and the one that a run left is kept beside it', () => {
  const bench = managing();
  const { content } = bench.observe('/a' as HostPath);
  if (content.kind !== 'file') throw new Error('no file');
  const state = { ...content.state, mode: 0o666 };
  const { change } = look(bench, { observed: { '/a': { content: { ...content, state } } } });
  expect(change.files[0]?.managed).toMatchObject({ state, attributes: { mode: 0o600 } });
  bench.record(change);
  const again = look(bench).change.files[0]?.managed;
  expect(again).toMatchObject({ state: content.state });
  expect(again).not.toHaveProperty('attributes');
});

it('what plans name and nobody manages is seen, there or not; a second look finds nothing new', () => {
  const bench = managing();
  const first = look(bench, { names: ['/a', '/b', '/c'] });
  expect(first.seen).toEqual(['/b', '/c']);
  expect(seenIn(first).map(({ state, workspaces }) => [state === null, workspaces])).toEqual([
    [false, ['prod']],
    [true, ['prod']],
  ]);
  expect(look(bench, { names: ['/a', '/b', '/c'], seen: seenIn(first) }).change.seen).toEqual([]);
});

it('a record of what was seen goes when no plan of any workspace names it, and when it is managed', () => {
  const bench = managing();
  const seen = seenIn(look(bench, { names: ['/b'] }));
  const both = seenIn(look(bench, { names: ['/b'], seen, workspace: 'also' }));
  expect(both[0]?.workspaces).toEqual(['also', 'prod']);
  const one = look(bench, { names: [], seen: both });
  expect([one.dropped, seenIn(one)[0]?.workspaces]).toEqual([['/b'], ['also']]);
  expect(one.change.seen?.[0]).not.toHaveProperty('copy');
  expect(look(bench, { names: [], seen }).change.seen).toEqual([{ declared: '/b', seen: null }]);
  bench.apply([plan('p', { '/a': { x: '1' }, '/b': { y: '1' } })]);
  expect(look(bench, { seen }).dropped).toEqual(['/b']);
});

it('without a workspace what was seen stays', () => {
  const bench = managing();
  const seen = seenIn(look(bench, { names: ['/b'] }));
  expect(look(bench, { seen }).change.seen).toEqual([]);
});

it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])(
  'no copy is made of a file with a %s, and one that was is dropped',
  (label) => {
    const bench = managing();
    const seen = seenIn(look(bench, { names: ['/b'] }));
    bench.files.set('/b', `# key\n-----BEGIN ${label}-----\n`);
    const { change, leftOut } = look(bench, { names: ['/b'], seen });
    expect(leftOut).toMatchObject([{ path: '/b', secret: true }]);
    expect(change.seen).toEqual([{ declared: '/b', seen: null }]);
  },
);

it('files of open runs, what cannot be read and what a link leads away from are left out', () => {
  const bench = managing();
  bench.files.set('/a', 'x=9\n');
  const refused = { content: { kind: 'refused', code: 'directory', reason: '/b is a directory' } };
  const open = look(bench, {
    names: ['/b', '/c'],
    open: ['/a', '/c'],
    observed: { '/b': refused as Partial<ObservedFile> },
  });
  expect([open.edited, open.seen, open.change.seen]).toEqual([[], [], []]);
  expect(open.leftOut.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
    '/a: it belongs to run R, which is open',
    '/b: /b is a directory',
    '/c: it belongs to run R, which is open',
  ]);
  const led = look(bench, { observed: { '/a': { path: '/z' as HostPath } } });
  expect(led.edited).toEqual([]);
  expect(led.leftOut[0]?.reason).toContain('/z');
});

function refused(reason: string) {
  return { content: { kind: 'refused', code: 'directory', reason } } as Partial<ObservedFile>;
}

it('a managed file that cannot be observed is recorded as such once, with its copy, until it can be again', () => {
  const bench = managing();
  const gone = look(bench, { observed: { '/a': refused('it is a directory') } });
  expect([gone.unobserved, gone.edited]).toEqual([['/a'], []]);
  const since = '2026-11-21T09:30:00.000Z';
  const before = bench.managed.get('/a' as HostPath);
  const unobserved = { since, reason: 'it is a directory' };
  expect(gone.change.files).toEqual([{ path: '/a', managed: { ...before, unobserved } }]);
  bench.record(gone.change);

  const time = '2026-11-22T09:30:00.000Z';
  const still = look(bench, { time, observed: { '/a': refused('it is a directory') } });
  expect([still.unobserved, still.change.files, still.leftOut.length]).toEqual([[], [], 1]);
  const other = look(bench, { time, observed: { '/a': refused('it is a socket') } });
  const [changed] = other.change.files;
  expect(changed?.managed?.unobserved).toEqual({ since, reason: 'it is a socket' });

  const back = look(bench, { time });
  expect([back.again, back.edited]).toEqual([['/a'], []]);
  expect(back.change.files).toEqual([{ path: '/a', managed: before }]);
  bench.files.set('/a', 'x=9\n');
  const edited = look(bench, { time });
  expect([edited.again, edited.edited]).toEqual([[], ['/a']]);
  expect(edited.change.files[0]?.managed).not.toHaveProperty('unobserved');
});

it('a run that writes the file has observed it', () => {
  const bench = managing();
  bench.record(look(bench, { observed: { '/a': refused('it is a directory') } }).change);
  expect(bench.managed.get('/a' as HostPath)).toHaveProperty('unobserved');
  bench.apply([plan('p', { '/a': { x: '2' } })]);
  expect(bench.managed.get('/a' as HostPath)).not.toHaveProperty('unobserved');
});

it('what a plan says about recording counts before what a file holds', () => {
  const bench = new PlanningBench({ '/b': '-----BEGIN PRIVATE KEY-----\n', '/c': 'plain\n' });
  const rules = { '/b': 'full', '/c': 'digest' } as const;
  const state = look(bench, { names: ['/b', '/c'], rules });
  expect(seenIn(state).map(({ path }) => path)).toEqual(['/b']);
  expect(state.leftOut).toMatchObject([{ path: '/c', secret: true }]);
});

it('a managed file into which somebody put a key is recorded without a copy', () => {
  const bench = managing();
  bench.files.set('/a', '-----BEGIN PRIVATE KEY-----\n');
  expect(look(bench).change.files).toMatchObject([{ managed: { secret: true } }]);
});
