import { isAlias, isMap, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { asMap } from './check-pod.ts';
import { readItemList } from './item-list.ts';
import type { ItemList, ListItem, ListName } from './item-list.ts';
import type { JsonMap, PodSource } from './parse-pod.ts';
import { refusal } from './refusal.ts';

export type ContainerGroup = 'containers' | 'initContainers';

/** One container of a pod with its lists as written. */
export interface Container {
  readonly source: PodSource;
  readonly name: string;
  readonly group: ContainerGroup;
  /** Index in its group. */
  readonly index: number;
  readonly command: ItemList | null;
  readonly args: ItemList | null;
  readonly decoded: JsonMap;
}

/** The items of `command`, then of `args`. */
export function itemsOf(container: Container): readonly ListItem[] {
  return [...(container.command?.items ?? []), ...(container.args?.items ?? [])];
}

/** The list of that name as written; `null` when there is none. */
export function listOf(container: Container, name: ListName): ItemList | null {
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
  const [only] = chosen;
  if (only === undefined) {
    const what = name === null ? 'the pod has no container' : `the pod has no container "${name}"`;
    const help = names === '' ? 'check the manifest' : `it has: ${names}`;
    return fail(refusal('SP2009', source.path, what, help));
  }
  if (chosen.length > 1) {
    const what =
      name === null ? 'the pod has several containers' : `two containers named "${name}"`;
    return fail(refusal('SP2010', source.path, what, `choose one with container: (${names})`));
  }
  return readLists(source, only);
}

interface Candidate {
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
  const node = containerNode(source, chosen);
  if (node === null) {
    const what = 'an anchor, alias or tag stands on the way to the container';
    return fail(refusal('SP2011', path, what, 'write the container out without YAML anchors'));
  }
  for (const list of ['command', 'args']) {
    if (isMarked(node.get(list, true))) {
      const what = `${list} carries an anchor, alias or tag`;
      return fail(refusal('SP2011', path, what, 'write the list out without YAML anchors'));
    }
  }
  const command = readItemList('command', node.get('command', true), path, text);
  const args = readItemList('args', node.get('args', true), path, text);
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

function containerNode(source: PodSource, chosen: Candidate): YAMLMap | null {
  const root = source.document.contents;
  const spec = isMap(root) ? root.get('spec', true) : null;
  const group = isMap(spec) ? spec.get(chosen.group, true) : null;
  const node = isSeq(group) ? group.get(chosen.index, true) : null;
  if ([root, spec, group, node].some(isMarked) || !isMap(node)) return null;
  return node;
}

/** Whether a node could be written elsewhere or means something else than it looks like. */
function isMarked(node: unknown): boolean {
  if (isAlias(node)) return true;
  const marks = node as { anchor?: string; tag?: string } | null | undefined;
  return marks?.anchor !== undefined || marks?.tag !== undefined;
}
