import { fail } from '../../../diagnostics/diagnostic.ts';
import { ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { plainText } from './entry-text.ts';
import type { Field } from './entry-text.ts';
import { removeKeyOf, setKey } from './key-splice.ts';
import { addEntry, layoutRefusal, removeEntry, styleOf } from './list-splice.ts';
import type { RestoreVolume, SetVolume } from './mount-operation.ts';
import type { Step } from './mount-step.ts';
import { hostPathNode } from './observe-mount.ts';
import type { EntryList } from './pod-entries.ts';
import { hostPathTypeOf, mountedNames, readVolumes, volumeNamed, volumesOf } from './pod-mounts.ts';
import { volumeName } from './volume-name.ts';

/** Towards a volume of the wanted type. Fails with SP2081, SP2083 (name taken, several volumes of the path). */
export function setVolume(source: PodSource, { target, wanted }: SetVolume): Step {
  const read = readVolumes(source);
  if (!read.ok) return read;
  const list = read.value;
  const found = volumesOf(list, target.hostPath);
  const [volume] = found;
  if (volume === undefined) {
    if (wanted.name !== null && volumeNamed(list, wanted.name) !== undefined) {
      return fail(nameTaken(source, wanted.name));
    }
    const taken = new Set(list.entries.map(({ decoded }) => decoded['name']));
    const name = wanted.name ?? volumeName(target.hostPath, taken);
    return addEntry(
      list,
      volumeFields(list, target.hostPath, wanted.type, plainText(name, styleOf(list))),
    );
  }
  const { type } = wanted;
  if (type === null || found.every(({ decoded }) => hostPathTypeOf(decoded) === type)) {
    return ok(null);
  }
  if (found.length > 1) return fail(severalVolumes(source, target.hostPath));
  const map = hostPathNode(volume);
  if (map === null) return fail(layoutRefusal(list));
  return setKey(list, map, 'type', type === '' ? '""' : plainText(type, styleOf(list)));
}

/** Towards a volume as it was. One that somebody else mounts by now stays. Fails with SP2022, SP2081. */
export function restoreVolume(source: PodSource, operation: RestoreVolume): Step {
  const { target, before, keepKey } = operation;
  const read = readVolumes(source);
  if (!read.ok) return read;
  const list = read.value;
  const found = volumesOf(list, target.hostPath);
  if (before === null) {
    const inUse = mountedNames(source);
    const unused = found.findLast(({ decoded }) => !inUse.has(decoded['name']));
    return unused === undefined ? ok(null) : removeEntry(list, unused, keepKey);
  }
  const volume = found.find(({ decoded }) => decoded['name'] === before.name) ?? found[0];
  if (volume === undefined) {
    const type = before.type?.source ?? null;
    const name = plainText(before.name, styleOf(list));
    return addEntry(list, volumeFields(list, target.hostPath, null, name, type));
  }
  const map = hostPathNode(volume);
  if (map === null) return fail(layoutRefusal(list));
  if (before.type === null) return removeKeyOf(list, map, 'type');
  if (hostPathTypeOf(volume.decoded) === before.type.value) return ok(null);
  return setKey(list, map, 'type', before.type.source);
}

function volumeFields(
  list: EntryList,
  hostPath: string,
  type: string | null,
  name: string,
  typeSource: string | null = null,
): readonly Field[] {
  const style = styleOf(list);
  const written = typeSource ?? (type === null || type === '' ? null : plainText(type, style));
  const path: Field = ['path', plainText(hostPath, style)];
  const below: readonly Field[] = written === null ? [path] : [path, ['type', written]];
  return [
    ['hostPath', below],
    ['name', name],
  ];
}

function nameTaken({ path }: PodSource, name: string): Diagnostic {
  const help = 'choose another name:, or leave it out';
  return refusal('SP2083', path, `the pod has a volume ${name} of something else already`, help);
}

function severalVolumes({ path }: PodSource, hostPath: string): Diagnostic {
  const help = 'leave type: out, or make them one volume by hand';
  return refusal('SP2083', path, `the pod has several volumes of ${hostPath}`, help);
}
