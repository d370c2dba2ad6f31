import { describe, expect, it } from 'vitest';

import type { ItemKey } from '../../../../src/model/brand.ts';
import { plan, PlanningBench, story } from './planning-bench.ts';

function codes(
  bench: PlanningBench,
  plans: Parameters<PlanningBench['compute']>[0],
): readonly string[] {
  const parts = bench.compute(plans);
  return parts.ok ? [] : parts.diagnostics.map((d) => d.code);
}

describe('ownership', () => {
  it('refuses two plans that declare one item, all pairs at once', () => {
    const bench = new PlanningBench({ '/a': '' });
    const plans = [
      plan('p', { '/a': { x: '1', y: '1' } }),
      plan('q', { '/a': { x: '1', y: '2' } }),
    ];
    expect(codes(bench, plans)).toEqual(['SP3001', 'SP3001']);
  });

  it('refuses a value as a whole and in part', () => {
    const bench = new PlanningBench({ '/a': '' });
    const plans = [plan('p', { '/a': { l: '1' } }), plan('q', { '/a': { 'l/e': 'present' } })];
    expect(codes(bench, plans)).toEqual(['SP3001']);
  });

  it('refuses a file that is the directory of another one, also of another plan, with both places', () => {
    const bench = new PlanningBench({ '/a': '', '/a/b/c': '', '/ab': '' });
    const plans = [
      plan('p', { '/a': { x: '1' }, '/ab': { x: '1' } }),
      plan('q', { '/a/b/c': { x: '1', y: '1' } }),
    ];
    expect(codes(bench, plans)).toEqual(['SP3004']);
    const computed = bench.compute(plans);
    const [problem] = computed.ok ? [] : computed.diagnostics;
    expect(problem?.message).toContain('/a cannot be a file and the directory of /a/b/c: p/');
    expect(problem?.at).toBeDefined();
  });

  it('lets two plans want the same element; the second takes over when the first lets go', () => {
    const bench = new PlanningBench({ '/a': '' });
    const both = [
      plan('p', { '/a': { 'l/e': 'present', x: '1' } }),
      plan('q', { '/a': { 'l/e': 'present', y: '1' } }),
    ];
    expect(story(bench.apply(both))).toEqual(['p add l/e', 'p add x', 'q add y']);
    expect(bench.apply(both)).toEqual([]);
    const dropped = [
      plan('p', { '/a': { x: '1' } }),
      plan('q', { '/a': { 'l/e': 'present', y: '1' } }),
    ];
    const parts = bench.apply(dropped);
    expect(story(parts)).toEqual(['q move l/e from p']);
    expect(parts[0]?.part.steps).toEqual([]);
  });

  it('moves an item to the plan that declares it now, without a write, and retires the empty plan', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('old', { '/a': { x: '1' } })]);
    const parts = bench.apply([plan('new', { '/a': { x: '1' } })], { released: ['old'] });
    expect(story(parts)).toEqual(['new move x from old']);
    expect(parts).toHaveLength(1);
    expect(bench.plans.map((record) => record.plan)).toEqual(['new']);
    bench.apply([], { released: ['new'] });
    expect(bench.files.get('/a')).toBe('x=0\n');
  });

  it('releases the rest of a plan of which only a part moved', () => {
    const bench = new PlanningBench({ '/a': 'x=0\ny=0\n' });
    bench.apply([plan('old', { '/a': { x: '1', y: '1' } })]);
    const parts = bench.apply([plan('new', { '/a': { x: '1' } })], { released: ['old'] });
    expect(story(parts)).toEqual(['new move x from old', 'old release y']);
    expect(bench.files.get('/a')).toBe('x=1\ny=0\n');
  });

  it('refuses what another workspace owns on this host', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    const managed = bench.managed.get('/a' as never);
    if (managed === undefined) throw new Error('not recorded');
    const item = Object.values(managed.items)[0];
    if (item === undefined) throw new Error('no item');
    const items = {
      ['x' as ItemKey]: { ...item, owner: { ...item.owner, workspace: 'other' as never } },
    };
    bench.managed.set('/a' as never, { ...managed, items });
    expect(codes(bench, [plan('p', { '/a': { x: '2' } })])).toEqual(['SP3002']);
    expect(codes(bench, [plan('p', { '/a': { y: '2' } })])).toEqual([]);
  });
});
