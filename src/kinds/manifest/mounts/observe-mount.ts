import { isMap, isScalar } from 'yaml';
import type { YAMLMap } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { LiveItem } from '../../../model/item.ts';
import { isMarked } from '../pod/container.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { normalPath } from './host-path.ts';
import type { MountBefore, WrittenValue } from './mount-before.ts';
import { writeMountBefore } from './mount-before.ts';
import type { MountTarget } from './mount-key.ts';
import { mountText, otherMountText, scalarValue, volumeText } from './mount-value.ts';
import type { Entry, EntryList } from './pod-entries.ts';
import { pairOf } from './pod-entries.ts';
import {
  hostPathOf,
  hostPathTypeOf,
  mountAt,
  readMounts,
  readVolumes,
  volumeNamed,
  volumesOf,
} from './pod-mounts.ts';

/** Live value of a mount or volume and what restores it. Fails with SP2009 to SP2011, SP2015, SP2081. */
export function observeMount(source: PodSource, target: MountTarget): Result<LiveItem> {
  const volumes = readVolumes(source);
  if (!volumes.ok) return volumes;
  if (target.form === 'volume') {
    const marked = volumesOf(volumes.value, target.hostPath).find(({ node }) => node === null);
    if (marked !== undefined) return fail(markedEntry(volumes.value, marked));
    return ok(liveVolume(volumes.value, target.hostPath));
  }
  const mounts = readMounts(source, target.container);
  if (!mounts.ok) return mounts;
  const entry = mountAt(mounts.value, target.path);
  if (entry?.node === null) return fail(markedEntry(mounts.value, entry));
  const value = entry === undefined ? null : mountValue(entry, volumes.value);
  return ok({ value, before: beforeMount(mounts.value, entry) });
}

/** Item value of a mount that is there. */
export function mountValue({ decoded }: Entry, volumes: EntryList): string {
  const { name, readOnly } = decoded;
  const shown = scalarValue(name);
  const volume = volumeNamed(volumes, name)?.decoded;
  if (volume === undefined) return otherMountText(shown, 'not in the pod');
  const hostPath = hostPathOf(volume);
  if (typeof hostPath !== 'string') return otherMountText(shown, kindOfVolume(volume));
  if (isGiven(decoded['subPath']) || isGiven(decoded['subPathExpr'])) {
    return otherMountText(shown, 'hostPath with subPath');
  }
  return mountText({ hostPath: normalPath(hostPath), readOnly: readOnly === true });
}

function liveVolume(volumes: EntryList, hostPath: string): LiveItem {
  const found = volumesOf(volumes, hostPath);
  const [first] = found;
  const types = [...new Set(found.map(({ decoded }) => hostPathTypeOf(decoded)))];
  const shown = types.map((type) => volumeText({ type, name: null })).join(' and ');
  const before: MountBefore = {
    version: 1,
    listed: volumes.written !== null,
    entry:
      first === undefined
        ? null
        : {
            form: 'volume',
            name: scalarValue(first.decoded['name']),
            type: written(volumes, hostPathNode(first), 'type'),
          },
  };
  return { value: first === undefined ? null : shown, before: writeMountBefore(before) };
}

/** The map below `hostPath` of a volume; `null` where it is written elsewhere. */
export function hostPathNode({ node }: Entry): YAMLMap | null {
  const value = node === null ? undefined : pairOf(node, 'hostPath')?.value;
  return isMap(value) && !isMarked(value) ? value : null;
}

function beforeMount(mounts: EntryList, entry: Entry | undefined): LiveItem['before'] {
  const name = entry === undefined ? null : written(mounts, entry.node, 'name');
  return writeMountBefore({
    version: 1,
    listed: mounts.written !== null,
    entry:
      entry === undefined || name === null
        ? null
        : { form: 'mount', name, readOnly: written(mounts, entry.node, 'readOnly') },
  });
}

function written(list: EntryList, map: YAMLMap | null, key: string): WrittenValue | null {
  const value = map === null ? undefined : pairOf(map, key)?.value;
  if (!isScalar(value) || !value.range) return null;
  const source = list.source.text.slice(value.range[0], value.range[1]);
  return { value: scalarValue(value.value ?? ''), source };
}

function markedEntry({ source, key }: EntryList, { range }: Entry): Diagnostic {
  const spot = { path: source.path, text: source.text, offset: range[0] };
  const what = `an entry of ${key} carries an anchor, alias or tag`;
  return refusal('SP2011', spot, what, 'write the entry out');
}

/** The key that says what a volume is: `secret`, `emptyDir`. */
function kindOfVolume(volume: Readonly<Record<string, unknown>>): string {
  return Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
