import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { plainText } from './entry-text.ts';
import type { Field } from './entry-text.ts';
import { normalPath } from './host-path.ts';
import { removeKeyOf, setKey } from './key-splice.ts';
import { addEntry, layoutRefusal, removeEntry, styleOf } from './list-splice.ts';
import type { RestoreMount, SetMount } from './mount-operation.ts';
import { readMountText, scalarValue } from './mount-value.ts';
import { mountValue } from './observe-mount.ts';
import type { Entry, EntryList } from './pod-entries.ts';
import { mountAt, readMounts, readVolumes, volumesOf } from './pod-mounts.ts';

/** The next splice towards an operation's end; `null` when it is reached. */
export type Step = Result<TextSplice | null>;

/** Towards a mount as it is wanted; the volume is there already. Fails with SP2081, SP2082, SP2083. */
export function setMount(source: PodSource, operation: SetMount): Step {
  const { target, wanted } = operation;
  const [mounts, volumes] = [readMounts(source, target.container), readVolumes(source)];
  if (!mounts.ok) return mounts;
  if (!volumes.ok) return volumes;
  const entry = mountAt(mounts.value, target.path);
  const [volume] = volumesOf(volumes.value, wanted.hostPath);
  if (volume === undefined) return fail(noVolume(source, operation));
  const name = plainText(scalarValue(volume.decoded['name']), styleOf(mounts.value));
  if (entry === undefined) return addEntry(mounts.value, fields(mounts.value, operation, name));
  const foreign = foreignProblem(operation, entry, volumes.value);
  if (foreign !== null) return fail(at(mounts.value, entry, foreign));
  const live = readMountText(mountValue(entry, volumes.value));
  if (entry.node === null) return fail(layoutRefusal(mounts.value));
  if (live?.hostPath !== normalPath(wanted.hostPath)) {
    return setKey(mounts.value, entry.node, 'name', name);
  }
  if (wanted.readOnly === null || live.readOnly === wanted.readOnly) return ok(null);
  return setKey(mounts.value, entry.node, 'readOnly', String(wanted.readOnly));
}

/** Towards a mount as it was. Fails with SP2022, SP2081. */
export function restoreMount(source: PodSource, operation: RestoreMount): Step {
  const { target, before, keepKey } = operation;
  const mounts = readMounts(source, target.container);
  if (!mounts.ok) return mounts;
  const list = mounts.value;
  const entry = mountAt(list, target.path);
  if (before === null) return entry === undefined ? ok(null) : removeEntry(list, entry, keepKey);
  if (entry === undefined) {
    const readOnly: readonly Field[] =
      before.readOnly === null ? [] : [['readOnly', before.readOnly.source]];
    const path = plainText(target.path, styleOf(list));
    return addEntry(list, [['mountPath', path], ['name', before.name.source], ...readOnly]);
  }
  const { node, decoded } = entry;
  if (node === null) return fail(layoutRefusal(list));
  if (decoded['name'] !== before.name.value) {
    return setKey(list, node, 'name', before.name.source);
  }
  const { readOnly } = before;
  if (readOnly === null) return removeKeyOf(list, node, 'readOnly');
  const now = decoded['readOnly'];
  return scalarValue(now) === readOnly.value
    ? ok(null)
    : setKey(list, node, 'readOnly', readOnly.source);
}

function fields(list: EntryList, { target, wanted }: SetMount, name: string): readonly Field[] {
  return [
    ['mountPath', plainText(target.path, styleOf(list))],
    ['name', name],
    ...(wanted.readOnly === true ? [['readOnly', 'true'] as const] : []),
  ];
}

/** Why what is mounted there is not replaced; `null` when it may be. */
function foreignProblem(
  { target, wanted, ours }: SetMount,
  entry: Entry,
  volumes: EntryList,
): { readonly what: string; readonly help: string } | null {
  const shown = mountValue(entry, volumes);
  const live = readMountText(shown);
  const isDangling = shown.endsWith('(not in the pod)');
  if (live?.hostPath === normalPath(wanted.hostPath) || isDangling) return null;
  if (live === null) {
    const help = 'mount it at another path, or take that mount out of the manifest first';
    return { what: `${target.path} is the mount of ${shown}, which is no path of the host`, help };
  }
  if (ours) return null;
  const help = `declare hostPath: ${live.hostPath}, mount it at another path, or take that mount out of the manifest first`;
  return { what: `${target.path} is the mount of ${live.hostPath} already`, help };
}

function at(list: EntryList, entry: Entry, problem: { what: string; help: string }): Diagnostic {
  const { path, text } = list.source;
  return refusal('SP2082', { path, text, offset: entry.range[0] }, problem.what, problem.help);
}

function noVolume({ path }: PodSource, { target, wanted }: SetMount): Diagnostic {
  const what = `the pod has no hostPath volume of ${wanted.hostPath} for the mount ${target.path}`;
  return refusal('SP2083', path, what, 'put the volume back together with its mount');
}
