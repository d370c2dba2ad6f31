import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../../model/brand.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ManifestSpec } from '../../../model/plan-file.ts';
import type { Surroundings } from '../../surroundings.ts';
import { asMap } from '../pod/check-pod.ts';
import { readPod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { mountKey } from './mount-key.ts';
import { hostPathTypeOf, readVolumes, volumesOf } from './pod-mounts.ts';
import { normalPath } from './host-path.ts';

/**
 * Why a declared `type` is refused (SP2089): the volume is there with another one, and mounts that no resource declares use it,
 * for which the kubelet would check or create something else from then on.
 */
export function judgeSharedVolumes(
  spec: ManifestSpec,
  before: FileImage,
  after: FileImage,
  path: HostPath,
  { change }: Surroundings,
): readonly Diagnostic[] {
  const typed = (spec.mounts ?? []).filter(({ type }) => type !== null);
  if (typed.length === 0 || before === after) return [];
  const [old, now] = [readPod(before, path), readPod(after, path)];
  if (!old.ok || !now.ok) return [];
  return [...new Set(typed.map(({ hostPath }) => hostPath))].flatMap((hostPath) => {
    const [was, is] = [typesOf(old.value, hostPath), typesOf(now.value, hostPath)];
    const changed = [...was].filter(([name, type]) => is.has(name) && is.get(name) !== type);
    return changed.flatMap(([name, type]) => {
      const users = usersOf(old.value, name).filter(
        (user) => change?.declares(mountKey({ form: 'mount', ...user })) !== true,
      );
      const [user] = users;
      if (user === undefined) return [];
      const what = `the volume ${name} of ${hostPath} has ${type === '' ? 'no type' : `type ${type}`}, and the mount ${user.path} of container ${user.container}, which no plan declares, uses it, too`;
      const help = 'leave type: out, or declare that mount as well';
      return [refusal('SP2089', path, what, help)];
    });
  });
}

/** Types of the volumes of a path, by name. */
function typesOf(pod: PodSource, hostPath: string): ReadonlyMap<string, string> {
  const volumes = readVolumes(pod);
  const found = volumes.ok ? volumesOf(volumes.value, hostPath) : [];
  return new Map(found.map(({ decoded }) => [String(decoded['name']), hostPathTypeOf(decoded)]));
}

interface User {
  readonly container: string;
  readonly path: HostPath;
}

/** Mounts of a volume in all containers. */
function usersOf({ pod }: PodSource, volume: string): readonly User[] {
  const spec = asMap(pod['spec']) ?? {};
  return ['containers', 'initContainers'].flatMap((group) =>
    mapsIn(spec[group]).flatMap((container) =>
      mapsIn(container['volumeMounts'])
        .filter((mount) => mount['name'] === volume)
        .map((mount) => ({
          container: String(container['name']),
          path: normalPath(String(mount['mountPath'])) as HostPath,
        })),
    ),
  );
}

function mapsIn(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(list) ? list : []).map((one: unknown) => asMap(one) ?? {});
}
