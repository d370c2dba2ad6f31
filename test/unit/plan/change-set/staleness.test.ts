import { describe, expect, it } from 'vitest';

import type { CommitId, HostName, WorkspaceName } from '../../../../src/model/brand.ts';
import type { ChangeSet, PlanPart } from '../../../../src/model/change-set.ts';
import {
  assembleChangeSet,
  changeSetDigest,
  expiringAt,
} from '../../../../src/plan/change-set/assemble.ts';
import { explainStaleness } from '../../../../src/plan/change-set/explain-staleness.ts';
import { plan, PlanningBench } from '../difference/planning-bench.ts';

const META = {
  commit: null,
  dirty: [],
  createdAt: '',
  actor: 'a',
  toolVersion: '1',
  inSync: 0,
  diffs: {},
};

function setOf(
  parts: readonly PlanPart[],
  facts: { host?: string; meta?: Partial<ChangeSet['meta']> } = {},
): ChangeSet {
  return assembleChangeSet({
    host: (facts.host ?? 'cp-1') as HostName,
    workspace: 'prod' as WorkspaceName,
    request: { plans: [], vars: {} },
    parts,
    meta: { ...META, ...facts.meta },
  });
}

function partsOf(bench: PlanningBench, value = '1'): readonly PlanPart[] {
  const parts = bench.compute([plan('p', { '/a': { x: value } })]);
  if (!parts.ok) throw new Error('refused');
  return parts.value.parts.map(({ part }) => part);
}

it('a set that nothing else explains names the versions that plan it otherwise', () => {
  const parts = partsOf(new PlanningBench({ '/a': 'x=0\n' }));
  const saved = setOf(parts, { meta: { toolVersion: '0.1.0' } });
  const gates = parts.map((part) => ({ ...part, gates: [{ id: 'g' }] as never }));
  const now = setOf(gates, { meta: { toolVersion: '0.2.0' } });
  expect(explainStaleness(saved, now).join()).toMatch(/0\.1\.0.*0\.2\.0/);
});

describe('digest of a change set', () => {
  it('covers the time that the set expires at', () => {
    const set = setOf(partsOf(new PlanningBench({ '/a': 'x=0\n' })));
    const digests = [
      set,
      expiringAt(set, '2026-01-01T00:00:00Z'),
      expiringAt(set, '2026-01-02T00:00:00Z'),
    ];
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(3);
    expect(changeSetDigest(digests[1] ?? set)).toBe(digests[1]?.digest);
  });

  it('does not depend on commit, time, actor or version', () => {
    const parts = partsOf(new PlanningBench({ '/a': 'x=0\n' }));
    const other = setOf(parts, { meta: { actor: 'b', createdAt: 'later', toolVersion: '2' } });
    expect(other.digest).toBe(setOf(parts).digest);
  });

  it('depends on host, inputs, the bytes before and the run that wrote them', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    const digests = new Set([
      setOf(partsOf(bench)).digest,
      setOf(partsOf(bench), { host: 'cp-2' }).digest,
      setOf(partsOf(bench, '2')).digest,
      setOf(partsOf(new PlanningBench({ '/a': 'x=0\nz=1\n' }))).digest,
    ]);
    expect(digests.size).toBe(4);
  });
});

describe('stale change set', () => {
  const saved = setOf(partsOf(new PlanningBench({ '/a': 'x=0\n' })));

  it('is not stale when nothing changed', () => {
    expect(explainStaleness(saved, setOf(partsOf(new PlanningBench({ '/a': 'x=0\n' }))))).toEqual(
      [],
    );
  });

  it.each([
    [
      'another host',
      setOf(partsOf(new PlanningBench({ '/a': 'x=0\n' })), { host: 'cp-2' }),
      /host cp-1, this is cp-2/,
    ],
    [
      'an edited file',
      setOf(partsOf(new PlanningBench({ '/a': 'x=0\nz=1\n' }))),
      /edited by someone else/,
    ],
    ['a missing file', setOf(partsOf(new PlanningBench({}))), /\/a is gone/],
    [
      'other inputs',
      setOf(partsOf(new PlanningBench({ '/a': 'x=0\n' }), '3')),
      /declares something else/,
    ],
    ['an applied set', setOf([]), /nothing to change any more: it was applied/],
    [
      'another commit that is checked out',
      setOf([], { meta: { commit: 'b'.repeat(40) as CommitId } }),
      /nothing to change as commit b{12} declares it.* the set is of a workspace outside of git/,
    ],
  ])('names %s', (_title, now, cause) => {
    expect(explainStaleness(saved, now).join('\n')).toMatch(cause);
  });

  it('names the run that wrote the file since', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '5' } })]);
    bench.files.set('/a', 'x=0\n');
    expect(explainStaleness(saved, setOf(partsOf(bench))).join()).toMatch(/written by run run-1/);
  });
});
