import { posix } from 'node:path';
import { asMap } from '../pod/check-pod.ts';
import type { WrittenContainer } from '../pod/container.ts';

/** Where a file of the container lies on the host, by its hostPath mounts; `null` when under none of them. The longest mount wins. */
export function hostPathOf(container: WrittenContainer, path: string): string | null {
  const wanted = posix.normalize(path);
  const [mount] = mounts(container)
    .filter(
      ({ inside }) => wanted === inside || wanted.startsWith(`${inside.replace(/\/$/u, '')}/`),
    )
    .toSorted((a, b) => b.inside.length - a.inside.length);
  if (mount?.host === undefined || mount.host === null) return null;
  return posix.join(mount.host, wanted.slice(mount.inside.length));
}

function mounts({ decoded, source }: WrittenContainer) {
  const volumes = lists(asMap(source.pod['spec'])?.['volumes']);
  return lists(decoded['volumeMounts']).flatMap((mount) => {
    const [name, inside, below] = [mount['name'], mount['mountPath'], mount['subPath']];
    if (typeof inside !== 'string') return [];
    const volume = volumes.find((one) => one['name'] === name);
    const path = asMap(volume?.['hostPath'])?.['path'];
    const host =
      typeof path === 'string' ? posix.join(path, typeof below === 'string' ? below : '') : null;
    return [{ inside: posix.normalize(inside), host }];
  });
}

function lists(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.map(asMap).filter((one) => one !== null);
}
