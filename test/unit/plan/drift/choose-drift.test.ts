import { describe, expect, it } from 'vitest';
import type { HostPath, ItemKey } from '../../../../src/model/brand.ts';
import { chooseDrift } from '../../../../src/plan/drift/choose-drift.ts';
import { driftedAddresses, isManaged } from '../../../../src/plan/drift/named-items.ts';
import { nothingDrifted } from '../../../../src/plan/drift/nothing-drifted.ts';
import { plan, PlanningBench } from '../difference/planning-bench.ts';
import { driftOf } from './drift-bench.ts';

/** `p` owns x and y in `/a`, `q` owns z in `/b`; x and z drifted, and the mode of `/b`. */
function host() {
  const bench = new PlanningBench({ '/a': 'x=0\n', '/b': 'z=0\n' });
  bench.apply([plan('p', { '/a': { x: '1', y: '2' } }), plan('q', { '/b': { z: '3' } })]);
  const recorded = bench.managed.get('/b' as HostPath);
  if (recorded?.state == null) throw new Error('not managed');
  const state = { ...recorded.state, mode: 0o640 };
  bench.managed.set('/b' as HostPath, { ...recorded, state });
  bench.files.set('/a', 'x=9\ny=2\n');
  bench.files.set('/b', 'z=9\n');
  return { files: driftOf(bench), managed: bench.managed };
}

function chosen(...addresses: readonly string[]): readonly string[] {
  const { files, managed } = host();
  const choice = chooseDrift(files, managed, addresses);
  const items = choice.files.flatMap(({ managed: { path }, items: own }) =>
    own.map(({ label }) => `${path} ${label}`),
  );
  return [...items, ...choice.unmatched.map((address) => `? ${address}`)];
}

describe('what drifted is chosen', () => {
  it.each([
    ['everything', [], ['/a x', '/b z', '/b mode']],
    ['a file', ['/b'], ['/b z', '/b mode']],
    ['an item of a file', ['/a#--x'], ['/a x']],
    ['a plan, with the mode of its file', ['q'], ['/b z', '/b mode']],
    ['a resource', ['p/r0'], ['/a x']],
    ['an item of a resource', ['q/r0/mode'], ['/b mode']],
    ['what two addresses name, once', ['/a', 'p'], ['/a x']],
    ['nothing that is in sync', ['/a#y', '/b#z'], ['/b z', '? /a#y']],
    ['nothing that nobody manages', ['/c', 'r'], ['? /c', '? r']],
  ])('%s', (_title, addresses, expected) => {
    expect(chosen(...addresses)).toEqual(expected);
  });

  it('but not what a rule ignores', () => {
    const { files, managed } = host();
    const ignored = files.map((file) => ({
      ...file,
      items: file.items.map((item) =>
        item.key === ('z' as ItemKey)
          ? { ...item, ignored: { reason: 'known', until: null } }
          : item,
      ),
    }));
    expect(chooseDrift(ignored, managed, ['/b']).files[0]?.items.map(({ label }) => label)).toEqual(
      ['mode'],
    );
  });
});

it('each thing that drifted has an address, and an address of something in sync is known for one', () => {
  const { files } = host();
  expect(driftedAddresses(files)).toEqual(['/a#x', '/b#z', '/b#mode']);
  const known = ['/a', '/a#y', '/a#owner', 'p/r0/y', 'q'];
  const unknown = ['/c', '/a#w', 'p/r1', 'z'];
  expect([...known, ...unknown].filter((one) => isManaged(files, one))).toEqual(known);
});

it('an address of nothing that drifted is told with what it names, and with what drifted', () => {
  const { files } = host();
  const told = (address: string) => {
    const { code, message, help } = nothingDrifted(address, files);
    return `${code} ${message}; ${help ?? ''}`;
  };
  expect(['/a#y', '/a#owner', '/a#xx', '/c'].map(told)).toEqual([
    'SP3073 /a#y has not drifted; drifted: /a#x, /b#z, /b#mode',
    'SP3073 /a#owner has not drifted; drifted: /a#x, /b#z, /b#mode',
    'SP3073 nothing that drifted is called /a#xx; did you mean "/a#x"? drifted: /a#x, /b#z, /b#mode',
    'SP3073 nothing that drifted is called /c; did you mean "/a"? drifted: /a#x, /b#z, /b#mode',
  ]);
});
