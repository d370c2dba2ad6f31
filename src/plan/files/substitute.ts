import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import { hasMarker, textParts, type TextPart } from './references.ts';
import { report, type SourceFile, type Span } from './source-file.ts';
import {
  moved,
  type MapEntry,
  type MapNode,
  type ScalarNode,
  type SourceNode,
} from './source-tree.ts';
import { shown } from './value-complaint.ts';

export interface Substitution {
  readonly file: SourceFile;
  readonly host: string;
  readonly variables: ReadonlyMap<string, SourceNode>;
  /** Whether the schema takes only a text at this path: then a number or boolean becomes the text it is written as. */
  readonly expectsText: (path: readonly string[]) => boolean;
}

type Reference = Exclude<TextPart, { kind: 'literal' }>;

type Lookup =
  | { readonly found: SourceNode }
  | { readonly message: string; readonly help: string | null; readonly code: 'SP1101' | 'SP1102' };

/** Top-level keys whose values are substituted; the others decide where and whether a plan is read at all. */
const SUBSTITUTED = new Set(['resources', 'gates']);

/**
 * Replaces `${vars.NAME}` and `${host.name}` in the scalars of `resources` and `gates`. A scalar that is one reference becomes
 * the variable's value, whatever its type; `$${` becomes `${`. What cannot be replaced is a problem at the exact reference.
 */
export function substitute(
  root: MapNode,
  context: Substitution,
): { readonly root: MapNode; readonly problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const entries = mapEntries(root, (entry) =>
    SUBSTITUTED.has(entry.key)
      ? substituteNode(entry.value, [entry.key], context, problems)
      : entry.value,
  );
  return { root: { ...root, entries }, problems };
}

function mapEntries(
  node: MapNode,
  change: (entry: MapEntry) => SourceNode,
): ReadonlyMap<string, MapEntry> {
  return new Map(
    [...node.entries].map(([key, entry]) => [key, { ...entry, value: change(entry) }]),
  );
}

function substituteNode(
  node: SourceNode,
  path: readonly string[],
  context: Substitution,
  problems: Diagnostic[],
): SourceNode {
  if (node.type === 'map') {
    const change = (entry: MapEntry): SourceNode =>
      substituteNode(entry.value, [...path, entry.key], context, problems);
    return { ...node, entries: mapEntries(node, change) };
  }
  if (node.type === 'list') {
    const change = (item: SourceNode, index: number): SourceNode =>
      substituteNode(item, [...path, String(index)], context, problems);
    return { ...node, items: node.items.map(change) };
  }
  if (typeof node.value !== 'string' || !hasMarker(node.value)) return node;
  const parts = textParts(node.value);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'reference') {
    const value = wholeValue(node, only, context, problems);
    const asText = value.type === 'scalar' && value.value !== null && context.expectsText(path);
    return asText ? { ...value, value: value.text } : value;
  }
  return joinedText(node, parts, context, problems);
}

function wholeValue(
  node: ScalarNode,
  part: Reference,
  context: Substitution,
  problems: Diagnostic[],
): SourceNode {
  const result = look(part, context);
  if ('found' in result) return moved(result.found, node);
  const span = spanOfReference(context.file, node, part.raw, node.start);
  problems.push(report(context.file, result.code, span, result.message, result.help));
  return node;
}

function joinedText(
  node: ScalarNode,
  parts: readonly TextPart[],
  context: Substitution,
  problems: Diagnostic[],
): SourceNode {
  let searchFrom = node.start;
  let text = '';
  for (const part of parts) {
    if (part.kind === 'literal') {
      text += part.text;
      continue;
    }
    const span = spanOfReference(context.file, node, part.raw, searchFrom);
    searchFrom = span === node ? searchFrom : span.end;
    const result = look(part, context);
    if (!('found' in result)) {
      problems.push(report(context.file, result.code, span, result.message, result.help));
    } else if (result.found.type === 'scalar' && result.found.value !== null) {
      text += result.found.text;
    } else {
      const message = `${part.raw} is ${shown(result.found)}, which cannot be put into a text`;
      problems.push(
        report(
          context.file,
          'SP1105',
          span,
          message,
          'a list, mapping or null is used as a whole value',
        ),
      );
    }
  }
  return { ...node, value: text, text };
}

/** Where a reference stands in the source of its scalar; the whole scalar when escapes hide it. */
function spanOfReference(file: SourceFile, node: ScalarNode, raw: string, from: number): Span {
  const at = file.text.indexOf(raw, from);
  return at === -1 || at + raw.length > node.end ? node : { start: at, end: at + raw.length };
}

function look(part: Reference, context: Substitution): Lookup {
  const literal = 'write $${ for a literal ${';
  if (part.kind === 'malformed') {
    return { code: 'SP1102', message: 'this reference has no closing }', help: literal };
  }
  if (part.name === 'host.name') {
    return { found: { type: 'scalar', value: context.host, text: context.host, start: 0, end: 0 } };
  }
  const [, name] = /^vars\.([A-Za-z_][A-Za-z0-9_-]*)$/.exec(part.name) ?? [];
  if (name === undefined) {
    const message = `${quoted(part.raw)} is no reference: there are \${vars.NAME} and \${host.name}`;
    const bare = context.variables.has(part.name) ? `did you mean \${vars.${part.name}}?` : null;
    return { code: 'SP1102', message, help: bare ?? literal };
  }
  const found = context.variables.get(name);
  if (found !== undefined) return { found };
  const known = [...context.variables.keys()];
  return {
    code: 'SP1101',
    message: `variable ${quoted(name)} is not defined for host ${context.host}`,
    help: suggestion(name, known) ?? undefinedHelp(name, known),
  };
}

function undefinedHelp(name: string, known: readonly string[]): string {
  const defined = known.length === 0 ? '' : `; defined: ${known.join(', ')}`;
  return `define it under vars or hostVars, or give --var ${name}=VALUE${defined}`;
}
