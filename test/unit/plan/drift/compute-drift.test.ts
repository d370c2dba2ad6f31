import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../src/diagnostics/diagnostic.ts';
import type { ItemKey, RunId } from '../../../../src/model/brand.ts';
import type { FileState } from '../../../../src/model/file-image.ts';
import { lineKind } from '../difference/line-kind.ts';
import { plan, PlanningBench } from '../difference/planning-bench.ts';
import { driftOf, told } from './drift-bench.ts';

const PLANS = [plan('p', { '/a': { x: '1' } })];

const LEFT = { run: 'R1' as RunId, left: { mode: 0o640, uid: 7, gid: 0 } };

/** `/a` holds `x=1`, recorded. */
function applied(): PlanningBench {
  const bench = new PlanningBench({ '/a': 'x=0\nother=1\n' });
  bench.apply(PLANS);
  return bench;
}

function withContent(bench: PlanningBench, change: Partial<FileState>) {
  const file = bench.observe('/a' as never);
  if (file.content.kind !== 'file') throw new Error('no file');
  return { content: { ...file.content, state: { ...file.content.state, ...change } } };
}

describe('drift, three-way', () => {
  it.each([
    ['nothing changed', '1', '1', 'in-sync', 'in-sync'],
    ['only the plan changed', '1', '2', 'in-sync', 'pending'],
    ['only the host changed', '9', '1', 'drifted', 'drifted'],
    ['both changed', '9', '2', 'drifted', 'both'],
    ['the plan followed the host', '9', '9', 'drifted', 'pending'],
  ])('%s', (_title, live, desired, alone, compared) => {
    const bench = applied();
    bench.files.set('/a', `x=${live}\nother=1\n`);
    expect(told(driftOf(bench))).toEqual([`/a x ${alone}`]);
    const plans = [plan('p', { '/a': { x: desired } })];
    expect(told(driftOf(bench, { plans }))).toEqual([`/a x ${compared}`]);
  });

  it('compares by type: another spelling is no drift, but other bytes', () => {
    const bench = new PlanningBench({ '/a': 'x=no\n' });
    bench.apply([plan('p', { '/a': { x: 'true' } })]);
    bench.files.set('/a', 'x=TRUE\n');
    expect(told(driftOf(bench))).toEqual(['/a x in-sync', '/a other lines']);
  });

  it('tells values of all three sides', () => {
    const bench = applied();
    bench.files.set('/a', 'x=9\n');
    const [file] = driftOf(bench, { plans: [plan('p', { '/a': { x: '2' } })] });
    expect(file?.items[0]).toMatchObject({ recorded: '1', live: '9', desired: '2' });
  });

  it('tells an item that is gone from one that has another value', () => {
    const bench = applied();
    bench.files.set('/a', 'other=1\n');
    expect(told(driftOf(bench, { plans: PLANS }))).toEqual(['/a x vanished']);
  });

  it('an item that must be absent and came back has drifted', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: null } })]);
    bench.files.set('/a', 'x=0\n');
    expect(told(driftOf(bench))).toEqual(['/a x drifted']);
  });

  it('a value that somebody wrote before an observed commit still has drifted', () => {
    const bench = applied();
    bench.files.set('/a', 'x=9\nother=1\n');
    const managed = bench.managed.get('/a' as never);
    const { content } = bench.observe('/a' as never);
    if (managed === undefined || content.kind !== 'file') throw new Error('not managed');
    bench.managed.set('/a' as never, { ...managed, state: content.state });
    expect(told(driftOf(bench))).toEqual(['/a x drifted']);
  });
});

describe('what plan files say', () => {
  it('an item that its plan does not declare any more is pending, or both', () => {
    const bench = applied();
    const plans = [plan('p', { '/b': { y: '1' } })];
    expect(told(driftOf(bench, { plans }))).toEqual(['/a x pending', '/b y pending']);
    bench.files.set('/a', 'x=9\n');
    expect(told(driftOf(bench, { plans }))).toEqual(['/a x both', '/b y pending']);
  });

  it('a flag whose container was renamed has drifted, and is declared as before', () => {
    const bench = applied();
    bench.files.set('/a', 'x=1\nrenamed=1\n');
    const item = { key: 'other/x' as ItemKey, label: 'x', value: '1' };
    const kind = { ...lineKind, observe: brokenAt('x'), desired: () => ok([item]) };
    const files = driftOf(bench, { plans: PLANS, kind });
    expect(told(files)).toEqual(['/a x drifted']);
    expect(files[0]).toMatchObject({ problem: 'x is broken', items: [{ desired: '1' }] });
    expect(files[0]?.items[0]).not.toHaveProperty('undeclared');
    // Where both containers are there, the plan chose another one.
    const chose = { ...lineKind, desired: () => ok([item]) };
    expect(told(driftOf(bench, { plans: PLANS, kind: chose }))).toEqual([
      '/a x pending',
      '/a x pending',
      '/a other lines',
    ]);
  });

  it('of a file that is gone as the plan wants it, its other items are wanted gone, too', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1', mode: '0640' } })]);
    bench.files.delete('/a');
    const plans = [plan('p', { '/a': { x: null } })];
    expect(told(driftOf(bench, { plans }))).toEqual(['/a x pending', '/a mode pending']);
    expect(driftOf(bench, { plans })[0]).not.toHaveProperty('gone');
    const other = [plan('p', { '/a': { x: '1' } })];
    expect(told(driftOf(bench, { plans: other }))).toEqual(['/a x vanished', '/a mode both']);
  });

  it('a plan for other hosts only declares nothing here', () => {
    expect(told(driftOf(applied(), { plans: [], elsewhere: ['p'] }))).toEqual(['/a x pending']);
  });

  it('of a plan that is missing nothing is known: git history decides whether it is gone', () => {
    expect(told(driftOf(applied(), { plans: [] }))).toEqual(['/a x in-sync']);
  });

  it('another workspace says nothing about this item', () => {
    const bench = applied();
    const [file] = driftOf(bench, { plans: [plan('p', { '/b': {} })], workspace: 'other' });
    expect(file?.items).toMatchObject([{ state: 'in-sync' }]);
    expect(file?.items[0]).not.toHaveProperty('desired');
  });

  it('a plan that cannot tell what it wants of a file takes nothing away', () => {
    const kind = { ...lineKind, desired: () => fail() };
    expect(told(driftOf(applied(), { plans: PLANS, kind }))).toEqual(['/a x in-sync']);
  });

  it('items that were never recorded are pending', () => {
    const plans = [plan('p', { '/a': { x: '1', z: '1' }, '/b': { y: '1' } })];
    expect(told(driftOf(applied(), { plans }))).toEqual([
      '/a x in-sync',
      '/a z pending',
      '/b y pending',
    ]);
  });
});

describe('the file as a whole', () => {
  it('edits of other lines are told, and are no drift', () => {
    const bench = applied();
    bench.files.set('/a', 'x=1\nother=2\n');
    expect(told(driftOf(bench))).toEqual(['/a x in-sync', '/a other lines']);
    bench.files.set('/a', 'x=9\nother=2\n');
    expect(told(driftOf(bench))).toEqual(['/a x drifted']);
  });

  it('a deleted file has vanished with all its items', () => {
    const bench = applied();
    bench.files.delete('/a');
    const files = driftOf(bench, { plans: PLANS });
    expect(told(files)).toEqual(['/a x vanished']);
    expect(files[0]?.gone).toBe(true);
  });

  it('mode and owner are metadata', () => {
    const bench = applied();
    const observed = { '/a': withContent(bench, { mode: 0o644, uid: 7 }) };
    const [file] = driftOf(bench, { observed });
    expect(told(file === undefined ? [] : [file])).toEqual([
      '/a x in-sync',
      '/a mode metadata',
      '/a owner metadata',
    ]);
    expect(file?.items.slice(1)).toMatchObject([
      { recorded: '0600', live: '0644' },
      { recorded: '0:0', live: '7:0' },
    ]);
  });

  it('a mode that is an item of its own is told once', () => {
    const bench = applied();
    const managed = bench.managed.get('/a' as never);
    const item = managed?.items['x' as ItemKey];
    if (managed === undefined || item === undefined) throw new Error('not managed');
    const items = { ['mode' as ItemKey]: { ...item, label: 'mode', applied: '0600' } };
    bench.managed.set('/a' as never, { ...managed, kind: 'file', items });
    const kind = { ...lineKind, observe: () => modeOf('0644') };
    const observed = { '/a': withContent(bench, { mode: 0o644 }) };
    expect(told(driftOf(bench, { observed, kind }))).toEqual(['/a mode drifted']);
  });

  it('something else in its place has drifted as a whole, with the reason', () => {
    const refused = { kind: 'refused', code: 'directory', reason: '/a is a directory' } as const;
    const [file] = driftOf(applied(), { observed: { '/a': { content: refused } } });
    expect(file).toMatchObject({ problem: '/a is a directory', items: [{ state: 'drifted' }] });
    expect(file?.items[0]).not.toHaveProperty('live');
  });

  it('a link in its place has drifted, also when it leads to the same bytes', () => {
    const observed = { '/a': { path: '/elsewhere' as never } };
    const [file] = driftOf(applied(), { observed });
    expect(file?.problem).toBe('/a: was a file, now leads to /elsewhere through a symbolic link');
    expect(told(driftOf(applied(), { observed }))).toEqual(['/a x drifted']);
  });

  it('a file that may not be read is unknown, not drifted', () => {
    const refused = { kind: 'refused', code: 'not-readable', reason: 'no permission' } as const;
    const files = driftOf(applied(), { observed: { '/a': { content: refused } } });
    expect(told(files)).toEqual(['/a x unknown']);
  });

  it('one item that cannot be read does not hide the others', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1', y: '1' } })]);
    bench.files.set('/a', 'x=1\ny: broken\n');
    const kind = { ...lineKind, observe: brokenAt('y') };
    const [file] = driftOf(bench, { kind });
    expect(file?.problem).toBe('y is broken');
    expect(told(file === undefined ? [] : [file])).toEqual(['/a x in-sync', '/a y drifted']);
  });

  it('a record that cannot be read although the bytes are the recorded ones is no drift', () => {
    const kind = { ...lineKind, observe: brokenAt('x') };
    expect(told(driftOf(applied(), { kind }))).toEqual(['/a x unknown']);
  });

  it('what an open run wrote is pending', () => {
    const bench = applied();
    bench.files.set('/a', 'x=5\n');
    const [file] = driftOf(bench, {
      openRuns: { '/a': { ...LEFT, left: { mode: 0o600, uid: 0, gid: 0 } } },
    });
    expect(file).toMatchObject({ openRun: 'R1', otherLines: false, items: [{ state: 'pending' }] });
  });

  it('mode and owner of what an open run wrote are held against those that it left', () => {
    const bench = applied();
    bench.files.set('/a', 'x=5\n');
    const stateNow = (state: Partial<FileState>) => {
      const observed = { '/a': withContent(bench, state) };
      return told(driftOf(bench, { observed, openRuns: { '/a': LEFT } }));
    };
    expect(stateNow({ mode: 0o640, uid: 7, gid: 0 })).toEqual(['/a x pending']);
    expect(stateNow({ mode: 0o600, uid: 0 })).toEqual([
      '/a x pending',
      '/a mode metadata',
      '/a owner metadata',
    ]);
  });

  it('a declared mode that somebody changed on an open run drifted from what the run left', () => {
    const bench = applied();
    const managed = bench.managed.get('/a' as never);
    const item = managed?.items['x' as ItemKey];
    if (managed === undefined || item === undefined) throw new Error('not managed');
    const items = { ['mode' as ItemKey]: { ...item, label: 'mode', applied: '0600' } };
    bench.managed.set('/a' as never, { ...managed, kind: 'file', items });
    const kind = { ...lineKind, observe: () => modeOf('0666') };
    const observed = { '/a': withContent(bench, { mode: 0o666, uid: 7 }) };
    const files = driftOf(bench, { observed, kind, openRuns: { '/a': LEFT } });
    expect(told(files)).toEqual(['/a mode drifted']);
    expect(files[0]?.items).toMatchObject([{ recorded: '0640', live: '0666' }]);
  });
});

function modeOf(value: string): ReturnType<typeof lineKind.observe> {
  return { ok: true, value: new Map([['mode' as ItemKey, { value, before: {} }]]) };
}

function brokenAt(key: string): typeof lineKind.observe {
  return (image, keys, path) =>
    keys.includes(key as ItemKey)
      ? fail({ code: 'SP2024', severity: 'error', message: `${key} is broken` })
      : lineKind.observe(image, keys, path);
}
