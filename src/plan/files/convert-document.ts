import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { report, spotOf, type SourceFile, type Span } from './source-file.ts';
import type { MapEntry, ScalarNode, SourceNode } from './source-tree.ts';

/** Nodes that aliases may add in all: an alias bomb is small text that stands for very much. */
const MAX_ALIASED_NODES = 10_000;

interface Conversion {
  readonly file: SourceFile;
  readonly problems: Diagnostic[];
  /** Anchor → finished node and its size; `null` while the anchored node is still open. */
  readonly anchors: Map<string, { readonly node: SourceNode; readonly size: number } | null>;
  aliased: number;
  size: number;
}

/** YAML nodes → source tree; duplicate keys (the first wins), keys that are no text and alias misuse are problems. */
export function convertDocument(
  file: SourceFile,
  contents: ParsedNode,
): { readonly root: SourceNode; readonly problems: readonly Diagnostic[] } {
  const conversion: Conversion = {
    file,
    problems: [],
    anchors: new Map(),
    aliased: 0,
    size: 0,
  };
  const root = convert(conversion, contents);
  return { root, problems: conversion.problems };
}

function convert(conversion: Conversion, node: ParsedNode): SourceNode {
  if (isAlias(node)) return convertAlias(conversion, node.source, spanOf(node));
  const { anchor } = node;
  const before = conversion.size;
  if (anchor !== undefined) conversion.anchors.set(anchor, null);
  conversion.size += 1;
  const converted = convertValue(conversion, node);
  if (anchor !== undefined) {
    conversion.anchors.set(anchor, { node: converted, size: conversion.size - before });
  }
  return converted;
}

function convertValue(conversion: Conversion, node: ParsedNode): SourceNode {
  const span = spanOf(node);
  if (isMap(node)) return { type: 'map', entries: convertPairs(conversion, node.items), ...span };
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(conversion, item));
    return { type: 'list', items, ...span };
  }
  return isScalar(node) ? scalar(node.value, node.source, span) : nothing(span);
}

function convertPairs(
  conversion: Conversion,
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
): ReadonlyMap<string, MapEntry> {
  const entries = new Map<string, MapEntry>();
  for (const pair of pairs) {
    const key = pair.key as ParsedNode;
    const keySpan = spanOf(key);
    const name = keyName(key);
    if (name === null || name === '__proto__') {
      const message = name === null ? 'a key must be plain text' : 'this key is not possible';
      conversion.problems.push(report(conversion.file, 'SP1009', keySpan, message));
      continue;
    }
    const after = { start: keySpan.end, end: keySpan.end };
    const value =
      pair.value === null ? nothing(after) : convert(conversion, pair.value as ParsedNode);
    const first = entries.get(name);
    if (first === undefined) {
      entries.set(name, { key: name, keySpan, value });
      continue;
    }
    const { line } = spotOf(conversion.file, first.keySpan.start);
    const message = `key ${quoted(name)} is given twice; the first is on line ${line}`;
    conversion.problems.push(
      report(conversion.file, 'SP1004', keySpan, message, 'remove one of them'),
    );
  }
  return entries;
}

function convertAlias(conversion: Conversion, name: string, span: Span): SourceNode {
  const target = conversion.anchors.get(name);
  if (target === undefined || target === null) {
    const message =
      target === null
        ? `alias *${name} stands for something that contains itself`
        : `alias *${name} has no anchor before it`;
    conversion.problems.push(
      report(conversion.file, 'SP1007', span, message, 'write the value out'),
    );
    return nothing(span);
  }
  conversion.size += target.size;
  const before = conversion.aliased;
  conversion.aliased += target.size;
  if (conversion.aliased <= MAX_ALIASED_NODES) return target.node;
  if (before <= MAX_ALIASED_NODES) {
    const message = `aliases repeat too much: more than ${MAX_ALIASED_NODES} values`;
    conversion.problems.push(
      report(conversion.file, 'SP1007', span, message, 'write the values out'),
    );
  }
  return nothing(span);
}

/** What a key says; `null` when it is no plain text. */
export function keyName(key: ParsedNode): string | null {
  if (!isScalar(key)) return null;
  const { value, source } = key;
  if (typeof value === 'string') return value;
  return source === undefined || source === '' ? null : source;
}

function scalar(value: unknown, source: string | undefined, span: Span): ScalarNode {
  if (typeof value === 'string') return { type: 'scalar', value, text: value, ...span };
  const text = source ?? '';
  // JSON has no number for them; as a flag's value the text counts anyway.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { type: 'scalar', value: text, text, ...span };
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return { type: 'scalar', value, text, ...span };
  }
  if (typeof value === 'bigint') return { type: 'scalar', value: Number(value), text, ...span };
  return { ...nothing(span), text };
}

function nothing(span: Span): ScalarNode {
  return { type: 'scalar', value: null, text: '', start: span.start, end: span.end };
}

function spanOf(node: ParsedNode): Span {
  return { start: node.range[0], end: node.range[1] };
}
