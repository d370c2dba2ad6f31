import { expect, it } from 'vitest';
import { kindOf } from '../../../../src/kinds/registry.ts';
import type { HostPath, PlanName, ResourceId } from '../../../../src/model/brand.ts';
import type { Declaration } from '../../../../src/plan/difference/declarations.ts';
import { indexDeclarations } from '../../../../src/plan/difference/declarations.ts';
import { declarationConflicts } from '../../../../src/plan/difference/ownership.ts';
import { mountSpec } from '../../kinds/manifest/mounts/mounts-rig.ts';
import type { MountWish } from '../../kinds/manifest/mounts/mounts-rig.ts';

/** What two plans declare that mount one directory of the host, each at a place of its own. */
function declared(...wishes: readonly Omit<MountWish, 'path' | 'hostPath'>[]) {
  const all = wishes.flatMap((wish, at) =>
    kindOf('manifest')
      .declared(mountSpec([{ path: `/at${String(at)}`, hostPath: '/srv', ...wish }]))
      .map((item): Declaration => ({
        plan: `p${String(at)}` as PlanName,
        resource: 'r' as ResourceId,
        path: '/m.yaml' as HostPath,
        kind: 'manifest',
        item,
        at: { file: 'p', line: 1, column: 1 },
      })),
  );
  const indexed = indexDeclarations(all, kindOf);
  return {
    volumes: indexed.all.flatMap(({ item }) =>
      item.key.startsWith('volumes/') ? [item.value] : [],
    ),
    conflicts: declarationConflicts(indexed).map(({ code }) => code),
  };
}

it('one directory of the host with and without a type or name is one volume, as both want it', () => {
  const both = declared({}, { type: 'Directory' }, { name: 'srv' });
  expect(both.conflicts).toEqual([]);
  expect(both.volumes).toEqual(Array(3).fill('Directory, named srv'));
});

it('two types are a conflict', () => {
  const both = declared({ type: 'Directory' }, {}, { type: 'DirectoryOrCreate' });
  expect(both.conflicts).toContain('SP3001');
});
