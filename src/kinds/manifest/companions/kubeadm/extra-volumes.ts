import type { ItemKey } from '../../../../model/brand.ts';
import type { JsonObject } from '../../../../model/item.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import { readMountBefore } from '../../mounts/mount-before.ts';
import { mountKey } from '../../mounts/mount-key.ts';
import {
  hostPathTypeOf,
  mountAt,
  readMounts,
  readVolumes,
  volumeNamed,
} from '../../mounts/pod-mounts.ts';
import type { EntryList } from '../../mounts/pod-entries.ts';
import { volumeName } from '../../mounts/volume-name.ts';
import type { PodSource } from '../../pod/parse-pod.ts';

/** What the record or the plan keeps of an item from before management. */
export type BeforeOf = (key: ItemKey) => JsonObject | undefined;

/** A mount as `extraVolumes` of kubeadm have it (HostPathMount): volume and mount in one. */
export interface ExtraVolume {
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** Not given: the host is not looked at. */
  readonly pathType?: string;
}

export interface DeclaredMount {
  readonly volume: ExtraVolume;
  /** As the manifest had it before setpoint; `null`: it had none. */
  readonly was: FormerMount | null;
}

/** With the places of mount and volume in their lists; what setpoint adds comes after them. */
export interface FormerMount {
  readonly readOnly: boolean;
  /** '' = not checked. */
  readonly type: string;
  readonly at: { readonly mount: number; readonly volume: number };
}

/** The declared mounts of a container, as the manifest has them after the plan. */
export function declaredMounts(
  spec: ManifestSpec,
  pod: PodSource,
  container: string,
  beforeOf: BeforeOf,
): readonly DeclaredMount[] {
  const mounts = readMounts(pod, container);
  const volumes = readVolumes(pod);
  if (!mounts.ok || !volumes.ok) return [];
  const entryOf = (key: ItemKey, form: 'mount' | 'volume') => {
    const before = beforeOf(key);
    return before === undefined ? null : (readMountBefore(before, form)?.entry ?? null);
  };
  return (spec.mounts ?? []).flatMap(({ path, hostPath }): readonly DeclaredMount[] => {
    const mount = mountAt(mounts.value, path);
    const name = mount?.decoded['name'];
    const readOnly = mount?.decoded['readOnly'] === true;
    const volume = volumeNamed(volumes.value, name);
    if (mount === undefined || typeof name !== 'string' || volume === undefined) return [];
    const type = hostPathTypeOf(volume.decoded);
    const pathType = type === '' ? {} : { pathType: type };
    const mountWas = entryOf(mountKey({ form: 'mount', container, path }), 'mount');
    const volumeWas = entryOf(mountKey({ form: 'volume', hostPath }), 'volume');
    const isOthers = mountWas === null && volumeWas !== null;
    const own = isOthers || isShared(name, mounts.value) ? freeName(path, volumes.value) : name;
    const extra = { name: own, hostPath, mountPath: path, readOnly, ...pathType };
    if (mountWas?.form !== 'mount') return [{ volume: extra, was: null }];
    const was: FormerMount = {
      readOnly: mountWas.readOnly?.value === 'true',
      type: volumeWas?.form === 'volume' ? (volumeWas.type?.value ?? '') : type,
      at: {
        mount: mounts.value.entries.indexOf(mount),
        volume: volumes.value.entries.indexOf(volume),
      },
    };
    return [{ volume: extra, was }];
  });
}

/**
 * kubeadm keeps one mount a name, so a mount whose volume has others gets a volume of its own: under the same name it would take
 * their place. Source: kubernetes/kubernetes cmd/kubeadm/app/phases/controlplane/volumes.go (AddExtraHostPathMounts).
 */
function isShared(name: string, mounts: EntryList): boolean {
  return mounts.entries.filter(({ decoded }) => decoded['name'] === name).length > 1;
}

function freeName(path: string, volumes: EntryList): string {
  return volumeName(path, new Set(volumes.entries.map(({ decoded }) => decoded['name'])));
}
