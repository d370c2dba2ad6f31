import type { DesiredItem } from '../../../model/item.ts';
import type { HostPathType, ManifestSpec } from '../../../model/plan-file.ts';
import { mountKey } from './mount-key.ts';
import { mountText, volumeText } from './mount-value.ts';

/**
 * Items that the declared mounts of a container want: each mount, and once each volume that they share. Volumes come first: a
 * release goes the other way. Plans that agree may want the same volume.
 */
export function desiredMounts(spec: ManifestSpec, container: string): readonly DesiredItem[] {
  const mounts = spec.mounts ?? [];
  const types = new Map<string, HostPathType>();
  const names = new Map<string, string>();
  for (const { hostPath, type, name } of mounts) {
    if (type !== null) types.set(hostPath, type);
    if (name !== null) names.set(hostPath, name);
  }
  const hostPaths = [...new Set(mounts.map(({ hostPath }) => hostPath))];
  return [
    ...hostPaths.map((hostPath): DesiredItem => {
      const wish = { type: types.get(hostPath) ?? null, name: names.get(hostPath) ?? null };
      return {
        key: mountKey({ form: 'volume', hostPath }),
        value: volumeText(wish),
        label: `volume ${hostPath}`,
        shareable: true,
      };
    }),
    ...mounts.map(({ path, hostPath, readOnly }): DesiredItem => ({
      key: mountKey({ form: 'mount', container, path }),
      value: mountText({ hostPath, readOnly }),
      label: `mount ${path}`,
    })),
  ];
}
