import { isMap } from 'yaml';
import type { YAMLMap } from 'yaml';
import { fail } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { asMap } from '../pod/check-pod.ts';
import { containerNode, isMarked, readContainer } from '../pod/container.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { samePath } from './host-path.ts';
import { readEntries } from './pod-entries.ts';
import type { Entry, EntryList } from './pod-entries.ts';

/** The volumes of a pod as written. Fails with SP2011, SP2081. */
export function readVolumes(source: PodSource): Result<EntryList> {
  const spec = specNode(source);
  if (spec === null) return fail(markedRefusal(source, 'spec'));
  return readEntries(source, spec, 'volumes', source.pod['spec']);
}

/** The mounts of one container as written. Fails with SP2009 to SP2011, SP2015, SP2081. */
export function readMounts(source: PodSource, name: string): Result<EntryList> {
  const container = readContainer(source, name);
  if (!container.ok) return container;
  const node = containerNode(source, container.value);
  if (node === null) return fail(markedRefusal(source, `container ${name}`));
  return readEntries(source, node, 'volumeMounts', container.value.decoded);
}

/** The entry that is mounted at a path of the container. Several at one path are no valid pod: `undefined` stands for none. */
export function mountAt(mounts: EntryList, path: string): Entry | undefined {
  return mounts.entries.find(({ decoded }) => samePath(decoded['mountPath'], path));
}

/** The volumes of a path of the host. */
export function volumesOf(volumes: EntryList, hostPath: string): readonly Entry[] {
  return volumes.entries.filter(({ decoded }) => samePath(hostPathOf(decoded), hostPath));
}

export function volumeNamed(volumes: EntryList, name: unknown): Entry | undefined {
  return volumes.entries.find(({ decoded }) => decoded['name'] === name);
}

/** `hostPath.path` of a decoded volume; `undefined` when it is another kind of volume. */
export function hostPathOf(volume: Readonly<Record<string, unknown>>): unknown {
  return asMap(volume['hostPath'])?.['path'];
}

/** `hostPath.type` of a decoded volume; not given is the same as `''`. */
export function hostPathTypeOf(volume: Readonly<Record<string, unknown>>): string {
  const type = asMap(volume['hostPath'])?.['type'];
  return typeof type === 'string' ? type : '';
}

/** Names of volumes that some container mounts or uses as a device, by how often. */
export function mountedNames(source: Pick<PodSource, 'pod'>): ReadonlySet<unknown> {
  const spec = asMap(source.pod['spec']) ?? {};
  const groups = ['containers', 'initContainers', 'ephemeralContainers'];
  const containers = groups.flatMap((group) => (Array.isArray(spec[group]) ? spec[group] : []));
  return new Set(
    containers.flatMap((container: unknown) =>
      ['volumeMounts', 'volumeDevices'].flatMap((key) => {
        const list = asMap(container)?.[key];
        return Array.isArray(list) ? list.map((entry: unknown) => asMap(entry)?.['name']) : [];
      }),
    ),
  );
}

function specNode(source: PodSource): YAMLMap | null {
  const root = source.document.contents;
  const spec = isMap(root) ? root.get('spec', true) : null;
  return isMap(spec) && !isMarked(root) && !isMarked(spec) ? spec : null;
}

function markedRefusal({ path }: PodSource, where: string) {
  const what = `an anchor, alias or tag stands on the way to ${where}`;
  return refusal('SP2011', path, what, 'write it out without YAML anchors');
}
