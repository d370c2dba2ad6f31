import { describe, expect, it } from 'vitest';
import { globProblem, matchHost } from '../../../../src/plan/files/match-host.ts';

describe('hosts of a plan', () => {
  it.each<[readonly string[], string, boolean]>([
    [[], 'anything', true],
    [['cp-*'], 'cp-1', true],
    [['cp-*'], 'worker-1', false],
    [['cp-*'], 'cp-1.example.com', true],
    [['cp-?'], 'cp-10', false],
    [['cp-[12]', 'etcd-{a,b}'], 'etcd-b', true],
    [['cp-*', '!cp-2'], 'cp-2', false],
    [['cp-*', '!cp-2'], 'cp-3', true],
    [['cp-*', '!cp-*', 'cp-2'], 'cp-2', true],
    [['!cp-2'], 'cp-2', false],
    [['!cp-2'], 'worker-1', true],
    [['cp'], 'cp-1', false],
  ])('%j for %s: %s', (patterns, host, expected) => {
    expect(matchHost(patterns, host)).toBe(expected);
  });

  it('a glob that is not valid has a reason', () => {
    expect(globProblem('cp-*')).toBeNull();
    expect(globProblem('cp-[')).toContain('missing closing');
    expect(globProblem('')).toBe('it is empty');
  });
});
