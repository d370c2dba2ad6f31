import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, ParsedNode } from 'yaml';
import type { SourceRange } from '../../../diagnostics/diagnostic.ts';
import { pieceSpan } from './piece-span.ts';
import type { Span } from './piece-span.ts';
import type { ScheduleProblem, ValuePath } from './problem.ts';

interface Found {
  readonly key: Span | null;
  readonly value: Span;
  readonly node: ParsedNode | null;
}

/** Where problems stand in the text that the document was read from, YAML or JSON. Without a byte order mark column 1 is the same. */
export function placesOf(
  text: string,
  file: string,
  problems: readonly ScheduleProblem[],
): readonly SourceRange[] {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const { contents } = parseDocument(bare, {
    version: '1.2',
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const starts = lineStarts(bare);
  return problems.map((one) => {
    const found = find(contents, one.path);
    const span = one.on === 'key' ? (found.key ?? found.value) : pieceOf(bare, found, one);
    return rangeAt(bare, starts, file, span);
  });
}

/** The node at a path; where there is none, the nearest one above it. */
function find(top: ParsedNode | null, path: ValuePath): Found {
  let found: Found = { key: null, value: spanOf(top), node: top };
  for (const step of path) {
    const next = into(found.node, step);
    if (next === null) return found;
    found = next;
  }
  return found;
}

function into(node: ParsedNode | null, step: string | number): Found | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? null : { key: null, value: spanOf(item), node: item };
  }
  if (!isMap(node)) return null;
  const pairs = node.items as readonly Pair<ParsedNode, ParsedNode | null>[];
  const pair = pairs.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (pair === undefined) return null;
  const key = spanOf(pair.key);
  const empty = pair.value === null || pair.value.range[0] === pair.value.range[1];
  return { key, value: empty ? key : spanOf(pair.value), node: pair.value };
}

function spanOf(node: ParsedNode | null): Span {
  if (node === null) return { start: 0, end: 1 };
  return { start: node.range[0], end: node.range[1] };
}

function pieceOf(text: string, { value, node }: Found, { piece }: ScheduleProblem): Span {
  return isScalar(node) ? pieceSpan(text, { ...value, value: node.value }, piece) : value;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Lines and columns from 1, cut to the first line. */
function rangeAt(text: string, starts: readonly number[], file: string, span: Span): SourceRange {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= span.start) low = middle;
    else high = middle - 1;
  }
  const lineStart = starts[low] ?? 0;
  const lineEnd =
    text.slice(span.start, starts[low + 1] ?? text.length).trimEnd().length + span.start;
  const end = Math.max(Math.min(span.end, lineEnd), span.start + 1);
  const column = span.start - lineStart + 1;
  return { file, line: low + 1, column, endLine: low + 1, endColumn: column + end - span.start };
}
