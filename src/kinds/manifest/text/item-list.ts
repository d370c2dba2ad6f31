import { isAlias, isScalar, isSeq } from 'yaml';
import type { Scalar } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import { isKubeletString } from './kubelet-string.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { Spot } from '../../../structured/refusal.ts';
import { eolBefore } from './source-lines.ts';

export type ListName = 'command' | 'args';
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** One string of `command` or `args`. Offsets of its scalar are UTF-16 units of the manifest's text. */
export interface ListItem {
  readonly list: ListName;
  readonly index: number;
  /** Decoded. */
  readonly text: string;
  readonly start: number;
  /** Of a block scalar that is one line of text: where its last line ends; else the end that YAML gives it. */
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

/** Reads a list node, `where` being its key; `null` when the key is absent, null or an empty list. Fails with SP2011, SP2015. */
export function readItemList(name: ListName, node: unknown, where: Spot): Result<ItemList | null> {
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) {
    return ok(null);
  }
  if (!isSeq(node) || node.range === null || node.range === undefined) {
    const help = `write ${name} as a list of strings, one per argument`;
    return fail(refusal('SP2015', where, `${name} is not a list written in place`, help));
  }
  const problems: Diagnostic[] = [];
  const items = node.items.flatMap((item, index) => {
    const spot = { ...where, offset: node.range?.[0] ?? 0 };
    const read = readItem({ name, index }, item, spot);
    if (!read.ok) problems.push(...read.diagnostics);
    return read.ok ? [read.value] : [];
  });
  if (problems.length > 0) return fail(...problems);
  if (items.length === 0) return ok(null);
  const [start, end] = node.range;
  return ok({ name, flow: node.flow === true, start, end, items });
}

interface Place {
  readonly name: ListName;
  readonly index: number;
}

function readItem(place: Place, node: unknown, listSpot: Spot): Result<ListItem> {
  const { name: list, index } = place;
  if (isAlias(node) || (isScalar(node) && (node.anchor || node.tag))) {
    const spot = { ...listSpot, offset: (node as Scalar).range?.[0] ?? listSpot.offset };
    const what = `${list} item ${index + 1} uses an anchor, alias or tag`;
    return fail(refusal('SP2011', spot, what, 'write the value out'));
  }
  const range = isScalar(node) ? node.range : null;
  const value = isScalar(node) && typeof node.value === 'string' ? node.value : null;
  if (!isScalar(node) || !range || value === null || !isKubeletString(node, value)) {
    const offset = range?.[0] ?? listSpot.offset;
    const what = `${list} item ${index + 1} is not a string for the kubelet`;
    return fail(refusal('SP2015', { ...listSpot, offset }, what, 'put the item in quotes'));
  }
  const style = styleOf(node);
  const end = style === 'block' ? blockEnd(listSpot.text, value, range[1]) : range[1];
  return ok({ list, index, text: value, start: range[0], end, style });
}

/** The line end after a block scalar belongs to its text, unless that is chomped (`>-`). */
function blockEnd(text: string, value: string, end: number): number {
  return value.includes('\n') ? end : end - eolBefore(text, end).length;
}

function styleOf(node: Scalar): ScalarStyle {
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  if (node.type === 'QUOTE_SINGLE') return 'single';
  return node.type === 'PLAIN' ? 'plain' : 'block';
}
