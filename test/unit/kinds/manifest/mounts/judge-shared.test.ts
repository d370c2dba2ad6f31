import { describe, expect, it } from 'vitest';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { Circumstances } from '../../../../../src/kinds/surroundings.ts';
import type { PlanName } from '../../../../../src/model/brand.ts';
import { imageOf, kind, PATH, textOf } from '../manifest-rig.ts';
import { mountSpec } from './mounts-rig.ts';
import type { MountWish } from './mounts-rig.ts';

const SHARED = imageOf(`apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
  - name: x
    command: [x]
    volumeMounts:
    - {mountPath: /pki, name: pki}
  - name: other
    volumeMounts:
    - {mountPath: /certs, name: pki}
  volumes:
  - name: pki
    hostPath: {path: /etc/pki, type: DirectoryOrCreate}
`);

const PKI: MountWish = { path: '/pki', hostPath: '/etc/pki' };

/** What is said of a plan that wants this of the volume which two containers share. */
function told(wish: MountWish, declared: readonly string[]): readonly string[] {
  const spec = { ...mountSpec([wish]), container: 'x' };
  const items = kind.desired(spec, SHARED, PATH);
  if (!items.ok) throw new Error('not desired');
  const keys = items.value.map(({ key }) => key);
  const live = kind.observe(SHARED, keys, PATH);
  if (!live.ok) throw new Error('not observed');
  const edits = items.value
    .filter((item) => !kind.same(item.key, live.value.get(item.key)?.value ?? null, item.value))
    .map((item) => ({ op: 'set', item }) as const);
  const edited = kind.edit(SHARED, edits, PATH);
  if (!edited.ok) throw new Error('not edited');
  const around: Circumstances = {
    ...NOBODY_LOOKED,
    change: {
      plan: 'p' as PlanName,
      acknowledged: false,
      declares: (key) => declared.includes(decodeURIComponent(key)),
    },
  };
  return kind
    .judge(spec, SHARED, edited.value.image, PATH, around)
    .map(({ code, message }) => `${code} ${message}`);
}

describe('a volume that is there with another type', () => {
  const mine = 'mounts/x//pki';

  it('is refused when mounts use it that nobody declares', () => {
    const [only, ...others] = told({ ...PKI, type: 'Directory' }, [mine]);
    expect(others).toEqual([]);
    expect(only).toMatch(
      /^SP2089 .*the volume pki of \/etc\/pki has type DirectoryOrCreate, and the mount \/certs of container other/,
    );
  });

  it('changes when all of its mounts are declared, by whatever plan', () => {
    expect(told({ ...PKI, type: 'Directory' }, [mine, 'mounts/other//certs'])).toEqual([]);
  });

  it('is any volume to a plan that says no type, and the right one to a plan that says its own', () => {
    expect(told(PKI, [mine])).toEqual([]);
    expect(told({ ...PKI, type: 'DirectoryOrCreate' }, [mine])).toEqual([]);
  });

  it('is given back whatever mounts it', () => {
    const changed = imageOf(textOf(SHARED).replace('DirectoryOrCreate', 'Directory'));
    expect(kind.judge(null, changed, SHARED, PATH, NOBODY_LOOKED)).toEqual([]);
  });
});
