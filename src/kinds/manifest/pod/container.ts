import { isAlias, isMap, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { asMap } from './check-pod.ts';
import { readItemList } from '../text/item-list.ts';
import type { ItemList, ListItem, ListName } from '../text/item-list.ts';
import type { JsonMap, PodSource } from './parse-pod.ts';
import { podSpot } from './pod-spot.ts';
import { refusal } from '../../../structured/refusal.ts';

export type ContainerGroup = 'containers' | 'initContainers';

/** One container of a pod with its lists as written. */
export interface Container extends WrittenContainer {
  readonly source: PodSource;
}

/** The same without the nodes of the text: what is left of it while its lists are edited. */
export interface WrittenContainer {
  readonly source: Omit<PodSource, 'document'>;
  readonly name: string;
  readonly group: ContainerGroup;
  /** Index in its group. */
  readonly index: number;
  readonly command: ItemList | null;
  readonly args: ItemList | null;
  readonly decoded: JsonMap;
}

/** The items of `command`, then of `args`. */
export function itemsOf(container: WrittenContainer): readonly ListItem[] {
  return [...(container.command?.items ?? []), ...(container.args?.items ?? [])];
}

/** The list of that name as written; `null` when there is none. */
export function listOf(container: WrittenContainer, name: ListName): ItemList | null {
  return name === 'command' ? container.command : container.args;
}

/**
 * The container of that name among containers and initContainers; without a name the only one of spec.containers.
 * Fails with SP2009 (not found), SP2010 (several), SP2011 (anchor or alias on the way to it), SP2015 (lists not readable).
 */
export function readContainer(source: PodSource, name: string | null): Result<Container> {
  const candidates = findContainers(source);
  const chosen = candidates.filter((one) =>
    name === null ? one.group === 'containers' : one.name === name,
  );
  const names = candidates.map((one) => one.name).join(', ');
  const [only, second] = chosen;
  const spotOf = (...keys: (string | number)[]) =>
    podSpot(source.document, source.text, source.path, ['spec', ...keys]);
  if (only === undefined) {
    const what = name === null ? 'the pod has no container' : `the pod has no container "${name}"`;
    const help = names === '' ? 'give the pod a container' : `it has: ${names}`;
    return fail(refusal('SP2009', spotOf('containers'), what, help));
  }
  const twin = candidates.find((one) => one !== only && one.name === only.name);
  if (second !== undefined && name === null) {
    const help = `choose one with container: (${names})`;
    const spot = spotOf(second.group, second.index);
    return fail(refusal('SP2010', spot, 'the pod has several containers', help));
  }
  if (twin !== undefined) {
    const what = `two containers are named "${only.name}"`;
    const help = 'give each container of the pod a name of its own, initContainers too';
    return fail(refusal('SP2010', spotOf(twin.group, twin.index), what, help));
  }
  return readLists(source, only);
}

export interface Candidate {
  readonly group: ContainerGroup;
  readonly index: number;
  readonly name: string;
}

function findContainers(source: PodSource): readonly Candidate[] {
  const spec = asMap(source.pod['spec']) ?? {};
  return (['containers', 'initContainers'] as const).flatMap((group) => {
    const list = spec[group];
    if (!Array.isArray(list)) return [];
    return list.map((entry: unknown, index) => {
      const name = asMap(entry)?.['name'];
      return { group, index, name: typeof name === 'string' ? name : '' };
    });
  });
}

function readLists(source: PodSource, chosen: Candidate): Result<Container> {
  const { path, text } = source;
  const keys = ['spec', chosen.group, chosen.index];
  const spotOf = (...more: string[]) => podSpot(source.document, text, path, [...keys, ...more]);
  const node = containerNode(source, chosen);
  if (node === null) {
    const what = 'an anchor, alias or tag stands on the way to the container';
    return fail(refusal('SP2011', spotOf(), what, 'write the container out without YAML anchors'));
  }
  for (const list of ['command', 'args']) {
    if (isMarked(node.get(list, true))) {
      const what = `${list} carries an anchor, alias or tag`;
      const help = 'write the list out without YAML anchors';
      return fail(refusal('SP2011', spotOf(list), what, help));
    }
  }
  const command = readItemList('command', node.get('command', true), spotOf('command'));
  const args = readItemList('args', node.get('args', true), spotOf('args'));
  if (!command.ok || !args.ok) {
    return fail(...(command.ok ? [] : command.diagnostics), ...(args.ok ? [] : args.diagnostics));
  }
  const decoded = asMap(decodedContainers(source, chosen.group)[chosen.index]) ?? {};
  return ok({ source, ...chosen, command: command.value, args: args.value, decoded });
}

/** The decoded containers of one group; empty when the pod has none. */
export function decodedContainers(source: PodSource, group: ContainerGroup): readonly unknown[] {
  const list = asMap(source.pod['spec'])?.[group];
  return Array.isArray(list) ? list : [];
}

/** A container as nodes of the text; `null` where an anchor, alias or tag stands on the way to it. */
export function containerNode(source: PodSource, chosen: Candidate): YAMLMap | null {
  const root = source.document.contents;
  const spec = isMap(root) ? root.get('spec', true) : null;
  const group = isMap(spec) ? spec.get(chosen.group, true) : null;
  const node = isSeq(group) ? group.get(chosen.index, true) : null;
  if ([root, spec, group, node].some(isMarked) || !isMap(node)) return null;
  return node;
}

/** Whether a node could be written elsewhere or means something else than it looks like. */
export function isMarked(node: unknown): boolean {
  if (isAlias(node)) return true;
  const marks = node as { anchor?: string; tag?: string } | null | undefined;
  return marks?.anchor !== undefined || marks?.tag !== undefined;
}
