import type { FileImage } from '../../../../model/file-image.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { Declarer } from '../../../reach.ts';
import { canonicalFlagName } from '../../flags/item-key.ts';
import { containerView } from '../../mounts/container-view.ts';
import type { Need } from './needs.ts';

/** Who answers for a path that a container needs. */
export interface Answering {
  /** The resource that declares the flag; `null`: it only stands in the manifest. */
  readonly declarer: Declarer<ManifestSpec> | null;
  /** Its resource (or, where none declares it, one of the container) leaves paths unchecked. */
  readonly unchecked: boolean;
  readonly acknowledged: boolean;
}

/** Says of each need who declares its flag, among all resources of the manifest. */
export function declaredBy(
  declarers: readonly Declarer<ManifestSpec>[],
  image: FileImage,
  path: string,
): (need: Need) => Answering {
  const named = declarers.map((declarer) => {
    const { container } = declarer.resource.spec;
    return { declarer, container: container ?? containerView(image, null, path)?.name ?? null };
  });
  return ({ flag, container }) => {
    const own = named.filter((one) => one.container === container).map((one) => one.declarer);
    const declaring = own.filter(({ resource }) =>
      Object.keys(resource.spec.flags).some((name) => canonicalFlagName(name) === flag),
    );
    const answering = declaring.length > 0 ? declaring : own;
    return {
      declarer: declaring[0] ?? null,
      unchecked: answering.some(({ resource }) => resource.spec.pathCheck === 'off'),
      acknowledged: answering.some(({ resource }) => resource.spec.irreversible === 'acknowledged'),
    };
  };
}
