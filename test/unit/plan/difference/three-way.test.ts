import { describe, expect, it } from 'vitest';

import { plan, PlanningBench, story } from './planning-bench.ts';

describe('three-way difference', () => {
  it('adopts what already is right, by type, without a write', () => {
    const bench = new PlanningBench({ '/a': 'x=TRUE\n' });
    const parts = bench.compute([plan('p', { '/a': { x: 'true' } })]);
    if (!parts.ok) throw new Error('refused');
    expect(story(parts.value.parts)).toEqual(['p adopt x']);
    expect(parts.value.parts[0]?.part.files[0]?.write).toBe(false);
    expect(parts.value.parts[0]?.part.steps).toEqual([]);
  });

  it('adds, changes and removes, and then has nothing to do', () => {
    const bench = new PlanningBench({ '/a': 'x=1\nold=1\n' });
    const wanted = [plan('p', { '/a': { x: '2', y: '1', old: null } })];
    expect(story(bench.apply(wanted))).toEqual(['p change x', 'p add y', 'p remove old']);
    expect(bench.files.get('/a')).toBe('x=2\ny=1\n');
    expect(bench.apply(wanted)).toEqual([]);
  });

  it.each([
    ['only the plan changed', '1', '2', 'p change x'],
    ['only the host changed', '9', '1', 'p change x drifted'],
    ['both changed', '9', '2', 'p change x both'],
  ])('names the cause: %s', (_title, live, desired, expected) => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    bench.files.set('/a', `x=${live}\n`);
    expect(story(bench.apply([plan('p', { '/a': { x: desired } })]))).toEqual([expected]);
  });

  it('records a new desired value that the host already has', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    bench.files.set('/a', 'x=2\n');
    expect(story(bench.apply([plan('p', { '/a': { x: '2' } })]))).toEqual(['p record x']);
  });

  it('marks a file that someone else edited, and leaves their lines alone', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    bench.files.set('/a', 'x=1\nforeign=1\n');
    expect(bench.apply([plan('p', { '/a': { x: '1' } })])).toEqual([]);
    const [planned] = bench.apply([plan('p', { '/a': { x: '2' } })]);
    expect(planned?.part.files[0]?.foreignEdit).toBe(true);
    expect(bench.files.get('/a')).toBe('x=2\nforeign=1\n');
    expect(bench.managed.get('/a' as never)?.original.pristine).toBe(false);
  });

  it('lets a second plan on the same file start from what the first leaves', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    const plans = [plan('a', { '/a': { x: '1' } }), plan('b', { '/a': { y: '1' } })];
    const parts = bench.apply(plans);
    expect(parts[1]?.part.files[0]?.before?.sha256).toBe(parts[0]?.part.files[0]?.after?.sha256);
    bench.files.set('/a', 'x=1\ny=1\n');
    const next = bench.apply([plan('a', { '/a': { x: '2' } }), plan('b', { '/a': { y: '2' } })]);
    expect(next.map(({ part }) => part.files[0]?.foreignEdit)).toEqual([false, false]);
  });

  it('records new gates of a plan whose items are all in sync, once', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    const other = { ...plan('p', { '/a': { x: '1' } }), inputDigest: 'sha256:new' as never };
    const parts = bench.apply([other]);
    expect(parts.map(({ part }) => [part.items.length, part.steps.length])).toEqual([[0, 0]]);
    expect(bench.apply([other])).toEqual([]);
  });
});
