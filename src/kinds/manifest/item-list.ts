import { isAlias, isScalar, isSeq, parseDocument } from 'yaml';
import type { Scalar } from 'yaml';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { refusal } from './refusal.ts';

export type ListName = 'command' | 'args';
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** One string of `command` or `args`. Offsets of its scalar are UTF-16 units of the manifest's text. */
export interface ListItem {
  readonly list: ListName;
  readonly index: number;
  /** Decoded. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
}

/** `command` or `args` of a container. `start` is the first `-` or the `[`. */
export interface ItemList {
  readonly name: ListName;
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
  readonly items: readonly ListItem[];
}

/** Reads a list node; `null` when the key is absent, null or an empty list. Fails with SP2011, SP2015. */
export function readItemList(
  name: ListName,
  node: unknown,
  path: string,
  text: string,
): Result<ItemList | null> {
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) {
    return ok(null);
  }
  if (!isSeq(node) || node.range === null || node.range === undefined) {
    const help = `write ${name} as a list of strings, one per argument`;
    return fail(refusal('SP2015', path, `${name} is not a list written in place`, help));
  }
  const problems: Diagnostic[] = [];
  const items = node.items.flatMap((item, index) => {
    const read = readItem(name, index, item, { path, text, offset: node.range?.[0] ?? 0 });
    if (!read.ok) problems.push(...read.diagnostics);
    return read.ok ? [read.value] : [];
  });
  if (problems.length > 0) return fail(...problems);
  if (items.length === 0) return ok(null);
  const [start, end] = node.range;
  return ok({ name, flow: node.flow === true, start, end, items });
}

function readItem(
  list: ListName,
  index: number,
  node: unknown,
  listSpot: { path: string; text: string; offset: number },
): Result<ListItem> {
  if (isAlias(node) || (isScalar(node) && (node.anchor || node.tag))) {
    const spot = { ...listSpot, offset: (node as Scalar).range?.[0] ?? listSpot.offset };
    const what = `${list} item ${index + 1} uses an anchor, alias or tag`;
    return fail(refusal('SP2011', spot, what, 'write the value out'));
  }
  const range = isScalar(node) ? node.range : null;
  if (!isScalar(node) || !range || typeof node.value !== 'string' || !isStringInYaml11(node)) {
    const offset = range?.[0] ?? listSpot.offset;
    const what = `${list} item ${index + 1} is not a string for the kubelet`;
    return fail(refusal('SP2015', { ...listSpot, offset }, what, 'put the item in quotes'));
  }
  const style = styleOf(node);
  return ok({ list, index, text: node.value, start: range[0], end: range[1], style });
}

function styleOf(node: Scalar): ScalarStyle {
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  if (node.type === 'QUOTE_SINGLE') return 'single';
  return node.type === 'PLAIN' ? 'plain' : 'block';
}

/** kubelet: sigs.k8s.io/yaml reads YAML 1.1, where a plain `yes`, `0644` or `12:30` is not a string. */
function isStringInYaml11(node: Scalar): boolean {
  const source = node.source ?? '';
  if (node.type !== 'PLAIN' || /^(--?[A-Za-z]|\/)/.test(source)) return true;
  return typeof parseDocument(source, { version: '1.1', logLevel: 'silent' }).toJS() === 'string';
}
