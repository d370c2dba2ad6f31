import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { asMap } from '../pod/check-pod.ts';
import { decodeAsKubelet, parsePod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { samePath } from './host-path.ts';
import type { MountOperation } from './mount-operation.ts';
import { commentsIn, untouchedEntries, untouchedText } from './mount-residue.ts';
import type { TouchedList } from './mount-residue.ts';
import type { Entry } from './pod-entries.ts';
import { hostPathOf, mountedNames, readMounts, readVolumes } from './pod-mounts.ts';
import { provePlannedMount } from './prove-planned-mount.ts';

/**
 * Proves an edit of mounts without trusting the code that made it: the new text parses; decoded by YAML 1.2 and as the kubelet
 * decodes, old and new differ only in the planned entries, and of those that were there only in what is planned; these are as
 * planned; every mount has its volume as before; every byte outside the planned entries is the same. Returns why not (SP2023).
 */
export function proveMounts(
  before: string,
  after: string,
  operations: readonly MountOperation[],
  path: string,
): Diagnostic[] {
  const [old, now] = [parsePod(before, path), parsePod(after, path)];
  if (!old.ok) return [...old.diagnostics];
  if (!now.ok) {
    const reasons = now.diagnostics.map((one) => one.message).join('; ');
    return [unsafe(path, `the result would not parse: ${reasons}`)];
  }
  const [listsBefore, listsAfter] = [
    touchedLists(old.value, operations),
    touchedLists(now.value, operations),
  ];
  if (listsBefore === null || listsAfter === null)
    return [unsafe(path, 'a list would not be readable')];
  const problems = [
    ...operations.flatMap((one) => provePlannedMount(old.value, now.value, one)),
    ...(sameOutside(old.value, now.value, operations) ? [] : ['something else would change']),
    ...(dangling(now.value).every((name) => dangling(old.value).includes(name))
      ? []
      : ['a mount would have no volume']),
  ];
  if (!isDeepStrictEqual(listsBefore.map(untouchedEntries), listsAfter.map(untouchedEntries))) {
    problems.push('other entries would change');
  }
  if (untouchedText(old.value, listsBefore) !== untouchedText(now.value, listsAfter)) {
    problems.push('bytes outside the planned entries would change');
  }
  if (!sameComments(listsBefore, listsAfter)) problems.push('a comment in an entry would change');
  return problems.map((problem) => unsafe(path, problem));
}

/** The lists that the operations name, each with their entries; `null` when one cannot be read. */
function touchedLists(
  source: PodSource,
  operations: readonly MountOperation[],
): readonly TouchedList[] | null {
  const lists: TouchedList[] = [];
  const volumes = readVolumes(source);
  if (!volumes.ok) return null;
  const isVolume = (entry: Entry): boolean => isPlannedVolume(entry.decoded, operations);
  if (operations.some(({ target }) => target.form === 'volume')) {
    lists.push({ list: volumes.value, touched: volumes.value.entries.filter(isVolume) });
  }
  for (const name of containersOf(operations)) {
    const mounts = readMounts(source, name);
    if (!mounts.ok) return null;
    const isMount = (entry: Entry): boolean => isPlannedMount(name, entry.decoded, operations);
    lists.push({ list: mounts.value, touched: mounts.value.entries.filter(isMount) });
  }
  return lists;
}

function containersOf(operations: readonly MountOperation[]): readonly string[] {
  return [
    ...new Set(
      operations.flatMap(({ target }) => (target.form === 'mount' ? target.container : [])),
    ),
  ];
}

function isPlannedVolume(decoded: unknown, operations: readonly MountOperation[]): boolean {
  const hostPath = hostPathOf(asMap(decoded) ?? {});
  return operations.some(
    ({ target }) => target.form === 'volume' && samePath(hostPath, target.hostPath),
  );
}

function isPlannedMount(
  container: string,
  decoded: unknown,
  operations: readonly MountOperation[],
): boolean {
  const path = asMap(decoded)?.['mountPath'];
  return operations.some(
    ({ target }) =>
      target.form === 'mount' && target.container === container && samePath(path, target.path),
  );
}

function sameOutside(
  old: PodSource,
  now: PodSource,
  operations: readonly MountOperation[],
): boolean {
  const pairs = [
    [old.pod, now.pod],
    [decodeAsKubelet(old.text), decodeAsKubelet(now.text)],
  ];
  return pairs.every(([a, b]) => {
    if (asMap(a) === null || asMap(b) === null) return false;
    return isDeepStrictEqual(withoutPlanned(a, operations), withoutPlanned(b, operations));
  });
}

/** The decoded pod without planned entries, and without a list that has no others. */
function withoutPlanned(pod: unknown, operations: readonly MountOperation[]): unknown {
  const copy: unknown = structuredClone(pod);
  const spec = asMap(asMap(copy)?.['spec']);
  if (spec === null) return copy;
  if (operations.some(({ target }) => target.form === 'volume')) {
    leaveOut(spec, 'volumes', (entry) => isPlannedVolume(entry, operations));
  }
  const containers = ['containers', 'initContainers'].flatMap((group) =>
    Array.isArray(spec[group]) ? (spec[group] as unknown[]) : [],
  );
  for (const name of containersOf(operations)) {
    for (const one of containers) {
      const container = asMap(one);
      if (container?.['name'] !== name) continue;
      leaveOut(container, 'volumeMounts', (entry) => isPlannedMount(name, entry, operations));
    }
  }
  return copy;
}

function leaveOut(
  map: Readonly<Record<string, unknown>>,
  key: string,
  isPlanned: (entry: unknown) => boolean,
): void {
  const list = map[key];
  const others = Array.isArray(list) ? list.filter((entry) => !isPlanned(entry)) : [];
  Object.assign(map, { [key]: others.length === 0 ? undefined : others });
}

/** Names that are mounted and that no volume has. */
function dangling(source: PodSource): readonly unknown[] {
  const volumes = asMap(source.pod['spec'])?.['volumes'];
  const names = new Set(
    (Array.isArray(volumes) ? volumes : []).map((volume: unknown) => asMap(volume)?.['name']),
  );
  return [...mountedNames(source)].filter((name) => !names.has(name));
}

/** Of entries that stay: those of each list that have the same name or path before and after. */
function sameComments(before: readonly TouchedList[], after: readonly TouchedList[]): boolean {
  return before.every(({ list, touched }, index) => {
    const now = after[index];
    return touched.every((entry) => {
      const same = now?.touched.find((one) => identity(one) === identity(entry));
      if (same === undefined || now === undefined) return true;
      return commentsIn(now.list, same) === commentsIn(list, entry);
    });
  });
}

function identity({ decoded }: Entry): unknown {
  return decoded['mountPath'] ?? decoded['name'];
}

function unsafe(path: string, problem: string): Diagnostic {
  const help = 'nothing was changed; edit this manifest by hand and please report the file';
  return refusal('SP2023', path, `the edit would not be safe: ${problem}`, help);
}
