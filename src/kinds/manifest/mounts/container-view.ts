import type { FileImage } from '../../../model/file-image.ts';
import { asMap } from '../pod/check-pod.ts';
import { flagsNamed, readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { decodedContainers, readContainer } from '../pod/container.ts';
import { readPod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { isBelow, normalPath } from './host-path.ts';
import { hostPathOf, hostPathTypeOf } from './pod-mounts.ts';

/** A mount as the container has it. */
export interface MountView {
  readonly path: string;
  /** `null`: it is no path of the host (a secret, a config map, an empty directory). */
  readonly hostPath: string | null;
  readonly type: string;
  readonly readOnly: boolean;
}

export interface ContainerView {
  readonly name: string;
  readonly mounts: readonly MountView[];
  /** It is given a certificate or key to serve with, and looks into no --cert-dir (apiserver MaybeDefaultWithSelfSignedCerts). */
  readonly hasServingCertificate: boolean;
  /** `null`: it cannot be read. */
  readonly line: CommandLine | null;
}

const SERVING_FLAGS = ['tls-cert-file', 'tls-private-key-file'];

/** What a container sees of the host; `null` when the manifest does not tell. */
export function containerView(
  image: FileImage,
  container: string | null,
  path: string,
): ContainerView | null {
  const pod = readPod(image, path);
  return pod.ok ? viewOf(pod.value, container) : null;
}

/** What each container that can be read sees. */
export function containerViews(image: FileImage, path: string): readonly ContainerView[] {
  const pod = readPod(image, path);
  if (!pod.ok) return [];
  return (['containers', 'initContainers'] as const).flatMap((group) =>
    decodedContainers(pod.value, group).flatMap((one) => {
      const name = asMap(one)?.['name'];
      const view = typeof name === 'string' ? viewOf(pod.value, name) : null;
      return view === null ? [] : [view];
    }),
  );
}

function viewOf(pod: PodSource, container: string | null): ContainerView | null {
  const chosen = readContainer(pod, container);
  if (!chosen.ok) return null;
  const volumes = new Map(
    mapsIn(asMap(pod.pod['spec'])?.['volumes']).map((one) => [one['name'], one]),
  );
  const mounts = mapsIn(chosen.value.decoded['volumeMounts']).flatMap((mount): MountView[] => {
    const place = mount['mountPath'];
    if (typeof place !== 'string') return [];
    const volume = volumes.get(mount['name']) ?? {};
    return [
      {
        path: normalPath(place),
        hostPath: sourceOf(mount, volume),
        type: hostPathTypeOf(volume),
        readOnly: mount['readOnly'] === true,
      },
    ];
  });
  const line = readCommandLine(chosen.value);
  const hasServingCertificate =
    line.ok &&
    SERVING_FLAGS.some((flag) =>
      flagsNamed(line.value, flag).some(({ value, follower }) => (value ?? follower?.text) !== ''),
    );
  const { name } = chosen.value;
  return { name, mounts, hasServingCertificate, line: line.ok ? line.value : null };
}

/** The mount that has a path: the one nearest to it. */
export function mountOver(mounts: readonly MountView[], path: string): MountView | undefined {
  return mounts
    .filter((mount) => isBelow(path, mount.path))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** The path on the host of a path below a mount. */
export function onHost(mount: { path: string; hostPath: string }, path: string): string {
  return normalPath(`${mount.hostPath}/${path.slice(mount.path === '/' ? 0 : mount.path.length)}`);
}

function sourceOf(
  mount: Readonly<Record<string, unknown>>,
  volume: Readonly<Record<string, unknown>>,
): string | null {
  const hostPath = hostPathOf(volume);
  if (typeof hostPath !== 'string' || mount['subPathExpr'] !== undefined) return null;
  const below = mount['subPath'];
  return normalPath(typeof below === 'string' ? `${hostPath}/${below}` : hostPath);
}

function mapsIn(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(list) ? list : []).map((one: unknown) => asMap(one) ?? {});
}
