import { isDeepStrictEqual } from 'node:util';
import type { JsonMap, PodSource } from '../pod/parse-pod.ts';
import { normalPath } from './host-path.ts';
import type { MountOperation, RestoreVolume, SetVolume } from './mount-operation.ts';
import { readMountText, scalarValue } from './mount-value.ts';
import { mountValue } from './observe-mount.ts';
import {
  hostPathTypeOf,
  mountAt,
  mountedNames,
  readMounts,
  readVolumes,
  volumesOf,
} from './pod-mounts.ts';

type MountEdit = Extract<MountOperation, { op: 'set-mount' | 'restore-mount' }>;

/** Whether one operation has come out as planned, and changed nothing else of its entry. Returns what is wrong. */
export function provePlannedMount(
  before: PodSource,
  after: PodSource,
  operation: MountOperation,
): readonly string[] {
  const { target } = operation;
  const isRight =
    operation.op === 'set-volume' || operation.op === 'restore-volume'
      ? volumeIsPlanned(before, after, operation)
      : mountIsPlanned(before, after, operation);
  const name = target.form === 'mount' ? target.path : `the volume of ${target.hostPath}`;
  return isRight ? [] : [`${name} would not be as planned`];
}

function mountIsPlanned(before: PodSource, after: PodSource, operation: MountEdit): boolean {
  const { target } = operation;
  const [old, now] = [before, after].map((source) => readMounts(source, target.container));
  const volumes = readVolumes(after);
  if (old?.ok !== true || now?.ok !== true || !volumes.ok) return false;
  const [was, is] = [mountAt(old.value, target.path), mountAt(now.value, target.path)];
  if (is === undefined) return operation.op === 'restore-mount' && operation.before === null;
  if (!isDeepStrictEqual(others(was?.decoded, MOUNT_KEYS), others(is.decoded, MOUNT_KEYS))) {
    return false;
  }
  if (operation.op === 'set-mount') {
    const { hostPath, readOnly } = operation.wanted;
    const meaning = readMountText(mountValue(is, volumes.value));
    const access = readOnly ?? was?.decoded['readOnly'] === true;
    return meaning?.hostPath === normalPath(hostPath) && meaning.readOnly === access;
  }
  const { before: entry } = operation;
  if (entry === null) return false;
  const readOnly = is.decoded['readOnly'];
  const same = entry.readOnly === null ? undefined : entry.readOnly.value;
  return is.decoded['name'] === entry.name.value && textOf(readOnly) === same;
}

function volumeIsPlanned(
  before: PodSource,
  after: PodSource,
  operation: SetVolume | RestoreVolume,
): boolean {
  const { hostPath } = operation.target;
  const [old, now] = [readVolumes(before), readVolumes(after)];
  if (!old.ok || !now.ok) return false;
  const [was, is] = [volumesOf(old.value, hostPath), volumesOf(now.value, hostPath)];
  const names = (list: typeof is) => list.map(({ decoded }) => decoded['name']);
  const added = is.filter(({ decoded }) => !names(was).includes(decoded['name']));
  const gone = was.filter(({ decoded }) => !names(is).includes(decoded['name']));
  const kept = is.filter((entry) => !added.includes(entry));
  const isSame = kept.every(({ decoded }) => {
    const earlier = was.find((one) => one.decoded['name'] === decoded['name']);
    return isDeepStrictEqual(withoutType(decoded), withoutType(earlier?.decoded));
  });
  if (!isSame) return false;
  if (operation.op === 'set-volume') {
    const { type } = operation.wanted;
    const isTyped = is.every(({ decoded }) => type === null || hostPathTypeOf(decoded) === type);
    return gone.length === 0 && added.length === (was.length === 0 ? 1 : 0) && isTyped;
  }
  const { before: entry } = operation;
  if (entry !== null) {
    const wanted = entry.type?.value ?? '';
    return gone.length === 0 && is.some(({ decoded }) => hostPathTypeOf(decoded) === wanted);
  }
  const inUse = mountedNames(after);
  return (
    added.length === 0 && gone.length <= 1 && gone.every((one) => !inUse.has(one.decoded['name']))
  );
}

const MOUNT_KEYS: ReadonlySet<string> = new Set(['mountPath', 'name', 'readOnly']);

/** What an entry has beside some keys; nothing for one that is not there. */
function others(decoded: JsonMap | undefined, keys: ReadonlySet<string>): unknown {
  return Object.fromEntries(Object.entries(decoded ?? {}).filter(([key]) => !keys.has(key)));
}

function withoutType(decoded: JsonMap | undefined): unknown {
  const { hostPath, ...rest } = decoded ?? {};
  return { ...rest, hostPath: others(hostPath as JsonMap, new Set(['type'])) };
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : scalarValue(value);
}
