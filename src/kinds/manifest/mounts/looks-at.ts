import type { HostPath } from '../../../model/brand.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ManifestSpec } from '../../../model/plan-file.ts';
import { containerView, onHost } from './container-view.ts';
import { isBelow } from './host-path.ts';
import { pathFlags } from './path-flags.ts';

/**
 * Paths of the host that judging the flags and mounts of these resources may ask for: through the mounts that the file has and
 * through those that any of them declares. More than are asked for in the end, since only the planner knows what it leads to.
 */
export function looksAt(
  specs: readonly ManifestSpec[],
  image: FileImage,
  path: string,
): readonly HostPath[] {
  const wanted = new Set<string>();
  const declared = specs.flatMap(({ mounts = [] }) => mounts);
  for (const spec of specs) {
    if (spec.pathCheck === 'off') continue;
    for (const { hostPath } of spec.mounts ?? []) wanted.add(hostPath);
    const flags = pathFlags(spec);
    if (flags.length === 0) continue;
    const there = containerView(image, spec.container, path)?.mounts ?? [];
    for (const flag of flags) {
      for (const mount of [...there, ...declared]) {
        const { hostPath } = mount;
        if (hostPath === null || !isBelow(flag.path, mount.path)) continue;
        wanted.add(hostPath);
        wanted.add(onHost({ path: mount.path, hostPath }, flag.path));
      }
    }
  }
  return [...wanted] as HostPath[];
}
