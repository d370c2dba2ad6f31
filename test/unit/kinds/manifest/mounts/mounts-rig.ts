import type { ItemEdit } from '../../../../../src/kinds/kind.ts';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import type { HostPath, ItemKey } from '../../../../../src/model/brand.ts';
import type { ManifestSpec, MountDeclaration } from '../../../../../src/model/plan-file.ts';
import { good, kind, PATH } from '../manifest-rig.ts';
import type { Managed } from '../manifest-rig.ts';

export type MountWish = Partial<Omit<MountDeclaration, 'path' | 'hostPath'>> & {
  readonly path: string;
  readonly hostPath?: string;
};

export function mountOf(wish: MountWish): MountDeclaration {
  return {
    path: wish.path as HostPath,
    hostPath: (wish.hostPath ?? wish.path) as HostPath,
    readOnly: wish.readOnly ?? null,
    type: wish.type ?? null,
    name: wish.name ?? null,
  };
}

export function mountSpec(
  mounts: readonly MountWish[],
  flags: ManifestSpec['flags'] = {},
): ManifestSpec {
  return {
    kind: 'manifest',
    path: PATH,
    container: null,
    flags,
    mounts: mounts.map(mountOf),
    restartProof: 'weak',
  };
}

/** What a resource changes in a file, as the planner has it edited: only what is not as wanted. */
export function mounted(
  original: FileImage,
  mounts: readonly MountWish[],
  flags: ManifestSpec['flags'] = {},
  ours = false,
): Managed {
  const desired = good(kind.desired(mountSpec(mounts, flags), original, PATH));
  const keys = desired.map((item) => item.key);
  const live = good(kind.observe(original, keys, PATH));
  const edits = desired
    .filter((item) => !kind.same(item.key, live.get(item.key)?.value ?? null, item.value))
    .map((item): ItemEdit => ({ op: 'set', item, ours }));
  return { original, image: good(kind.edit(original, edits, PATH)).image, desired, live };
}

export function valuesIn(image: FileImage, keys: readonly ItemKey[]): readonly unknown[] {
  const live = good(kind.observe(image, keys, PATH));
  return keys.map((key) => live.get(key)?.value ?? null);
}
