import { describe, expect, it } from 'vitest';
import { plan, PlanningBench } from '../difference/planning-bench.ts';
import { driftOf, told, type DriftOptions } from './drift-bench.ts';

function drifted(): PlanningBench {
  const bench = new PlanningBench({ '/etc/a': 'x=0\n' });
  bench.apply([plan('p', { '/etc/a': { '--x': '1', '--list[a]': '1', '--list[b]': '1' } })]);
  bench.files.set('/etc/a', '--x=9\n');
  return bench;
}

function ignoredBy(ignore: NonNullable<DriftOptions['ignore']>, more: DriftOptions = {}) {
  return told(driftOf(drifted(), { ...more, ignore }))
    .filter((line) => line.includes('ignored'))
    .map((line) => line.split(' ')[1]);
}

const ALL = ['--x', '--list[a]', '--list[b]'];

describe('rules that ignore drift', () => {
  it.each([
    ['of a whole file', { path: '/etc/a' }, ALL],
    ['of a glob', { path: '/etc/*' }, ALL],
    ['of another path: nothing', { path: '/etc/b' }, []],
    ['a star does not cross a slash', { path: '/*' }, []],
    ['of one item', { item: '--x' }, ['--x']],
    ['without dashes', { item: 'x' }, ['--x']],
    ['of a list with all its elements', { item: 'list' }, ['--list[a]', '--list[b]']],
    ['of one element', { item: '--list[b]' }, ['--list[b]']],
    ['of a beginning of a name: nothing', { item: 'lis' }, []],
  ])('%s', (_title, rule, expected) => {
    expect(ignoredBy([rule])).toEqual(expected);
  });

  it.each([
    ['the day before', '2026-05-31', 3],
    ['its last day', '2026-06-01', 3],
    ['the day after', '2026-06-02', 0],
  ])('hold through their last day: %s', (_title, today, count) => {
    expect(ignoredBy([{ until: '2026-06-01' }], { today })).toHaveLength(count);
  });

  it('say why', () => {
    expect(told(driftOf(drifted(), { ignore: [{ reason: 'a test' }] }))[0]).toBe(
      '/etc/a --x drifted ignored: a test',
    );
  });

  it('reach only what their own workspace owns', () => {
    expect(ignoredBy([{}], { workspace: 'other' })).toEqual([]);
  });

  it('mark only what drifted', () => {
    const bench = drifted();
    bench.files.set('/etc/a', '--x=1\n--list[a]=1\n');
    expect(told(driftOf(bench, { ignore: [{}] }))).toEqual([
      '/etc/a --x in-sync',
      '/etc/a --list[a] in-sync',
      '/etc/a --list[b] vanished ignored: known',
    ]);
  });
});
