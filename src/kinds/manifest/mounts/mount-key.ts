import type { HostPath, ItemKey } from '../../../model/brand.ts';
import { decode, encode } from '../flags/item-key.ts';

/**
 * An item of what a container sees of the host: a mount by its place in the container, or the pod's volume of a path on the host,
 * which mounts share. Keys: `mounts/<container>/<mount path>`, `volumes/<host path>`; paths are percent-encoded.
 */
export type MountTarget =
  | { readonly form: 'mount'; readonly container: string; readonly path: HostPath }
  | { readonly form: 'volume'; readonly hostPath: HostPath };

/** The key of a target; the inverse of parseMountKey. */
export function mountKey(target: MountTarget): ItemKey {
  if (target.form === 'volume') return `volumes/${encode(target.hostPath)}` as ItemKey;
  return `mounts/${encode(target.container)}/${encode(target.path)}` as ItemKey;
}

/** Whether a key is of a mount or a volume, and not of a flag. */
export function isMountKey(key: ItemKey): boolean {
  return key.startsWith('mounts/') || key.startsWith('volumes/');
}

/** What a key names; `null` when it is no key of a mount or volume. */
export function parseMountKey(key: ItemKey): MountTarget | null {
  const [head, first, second, ...rest] = key.split('/');
  if (!first || rest.length > 0) return null;
  if (head === 'volumes' && second === undefined) {
    return { form: 'volume', hostPath: decode(first) as HostPath };
  }
  if (head !== 'mounts' || !second) return null;
  return { form: 'mount', container: decode(first), path: decode(second) as HostPath };
}
