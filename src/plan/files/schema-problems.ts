import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import type { SchemaError } from '../../generated/plan-validator.js';
import { expectation } from './expectations.ts';
import { resolveSchema, schemaAt, type NamedSchema, type SchemaNode } from './schema-node.ts';
import { report, type Span } from './source-file.ts';
import { child, locate, pointerPath, type SourceNode, type SourceTree } from './source-tree.ts';
import { hasReference, VARIABLE_IN_KEY } from './references.ts';
import { shown, valueComplaint, type Complaint } from './value-complaint.ts';

/** Where an error is: the value, the span that names it, its schema, and how a sentence calls it. */
interface Place {
  readonly node: SourceNode;
  readonly name: Span;
  readonly schema: NamedSchema;
  readonly label: string;
  readonly title: string;
}

/**
 * Validator errors as sentences for people, each at its exact place: one for each unknown or missing key, one for each wrong
 * value. ajv decides what is wrong; its messages, and its errors for alternatives that were not meant, are not shown.
 */
export function schemaProblems(
  tree: SourceTree,
  schema: Readonly<Record<string, unknown>>,
  errors: readonly SchemaError[],
  substituted = false,
): readonly Diagnostic[] {
  const root: SchemaNode = schema;
  const problems: Diagnostic[] = [];
  const judged = new Set<string>();
  for (const error of errors) {
    const place = placeOf(tree, root, pointerPath(error.instancePath));
    if (place === null) continue;
    const problem = keyProblem(tree, root, place, error);
    if (problem !== null) problems.push(problem);
    else if (!judged.has(error.instancePath)) {
      judged.add(error.instancePath);
      const complaint = complaintAbout(place, substituted);
      if (complaint === null) continue;
      const span = place.node.end > place.node.start ? place.node : place.name;
      problems.push(report(tree.file, complaint.code, span, complaint.message, complaint.help));
    }
  }
  const [first] = errors;
  if (problems.length > 0 || first === undefined) return problems;
  const message = `${first.instancePath === '' ? 'the file' : first.instancePath} does not fit the schema (${first.keyword})`;
  return [report(tree.file, 'SP1205', tree.root, message)];
}

/** A reference that the schema does not accept stands where none is possible, whatever else would be wrong with it. */
function complaintAbout(place: Place, substituted: boolean): Complaint | null {
  const complaint = valueComplaint(place.schema, place.node, place.label);
  if (complaint === null || substituted || !isReference(place.node)) return complaint;
  return { code: 'SP1103', message: noVariables(place.label), help: null };
}

function isReference(node: SourceNode): boolean {
  return node.type === 'scalar' && typeof node.value === 'string' && hasReference(node.value);
}

function noVariables(label: string): string {
  return `variables are not possible in ${quoted(label)}`;
}

function placeOf(tree: SourceTree, root: SchemaNode, path: readonly string[]): Place | null {
  const located = locate(tree.root, path);
  const schema = schemaAt(root, tree.root, path);
  if (located === undefined || schema === null) return null;
  const title = schema.schema.title ?? 'this mapping';
  return {
    ...located,
    schema,
    label: labelOf(path),
    title: /^[A-Z]{2}/.test(title) ? title : title.slice(0, 1).toLowerCase() + title.slice(1),
  };
}

/** `within`, `status[0]`: the last key and the indices after it. */
function labelOf(path: readonly string[]): string {
  let from = path.length - 1;
  while (from > 0 && /^\d+$/.test(path[from] ?? '')) from -= 1;
  const [key = '', ...indices] = path.slice(Math.max(from, 0));
  return key + indices.map((index) => `[${index}]`).join('');
}

/** A problem with the keys of a mapping, or `null` when the error is about the value itself. */
function keyProblem(
  tree: SourceTree,
  root: SchemaNode,
  place: Place,
  error: SchemaError,
): Diagnostic | null {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(tree, place, String(error.params['additionalProperty']));
    case 'required': {
      const key = String(error.params['missingProperty']);
      const message = `${quoted(key)} is missing in this ${place.title}`;
      return report(tree.file, 'SP1202', place.name, message, missingHelp(key));
    }
    case 'propertyNames':
      return wrongName(tree, place, String(error.params['propertyName']));
    case 'discriminator':
      return error.params['error'] === 'mapping' ? unknownKind(tree, root, place) : null;
    default:
      return null;
  }
}

function missingHelp(key: string): string | null {
  if (key === 'setpoint') return 'begin the file with "setpoint: v1"';
  return key === 'kind'
    ? 'say what it is, e.g. "kind: manifest" or, for a gate, "kind: http"'
    : null;
}

function unknownKey(tree: SourceTree, place: Place, key: string): Diagnostic {
  const known = Object.keys(place.schema.schema.properties ?? {});
  const present = place.node.type === 'map' ? place.node.entries : null;
  const span = present?.get(key)?.keySpan ?? place.name;
  if (hasReference(key)) return report(tree.file, 'SP1103', span, VARIABLE_IN_KEY);
  const free = known.filter((name) => present?.has(name) !== true);
  const help =
    key === '<<'
      ? 'YAML merge keys are not supported; write the keys out'
      : (suggestion(key, free) ?? `known here: ${known.join(', ')}`);
  return report(
    tree.file,
    'SP1203',
    span,
    `unknown key ${quoted(key)} in this ${place.title}`,
    help,
  );
}

function wrongName(tree: SourceTree, place: Place, key: string): Diagnostic {
  const definition = place.schema.schema.propertyNames?.$ref?.replace('#/$defs/', '') ?? null;
  const expected = expectation(definition);
  const span =
    (place.node.type === 'map' ? place.node.entries.get(key)?.keySpan : undefined) ?? place.name;
  if (hasReference(key)) return report(tree.file, 'SP1103', span, VARIABLE_IN_KEY);
  const bare = key.replace(/^-+/, '');
  const help =
    definition === 'flagName' && bare !== key && bare !== ''
      ? `write ${bare} without the leading ${key.startsWith('--') ? 'dashes' : 'dash'}`
      : expected?.help;
  const message = `${quoted(key)} is not ${expected?.what ?? 'possible here'}`;
  return report(tree.file, expected?.code ?? 'SP1206', span, message, help);
}

function unknownKind(tree: SourceTree, root: SchemaNode, place: Place): Diagnostic {
  const kinds = (place.schema.schema.oneOf ?? []).map((branch) =>
    String(resolveSchema(root, branch, undefined).schema.properties?.['kind']?.const),
  );
  const kind = child(place.node, 'kind') ?? place.node;
  if (isReference(kind)) return report(tree.file, 'SP1103', kind, noVariables('kind'));
  const word = kind.type === 'scalar' ? kind.text : '';
  const help =
    word === 'https'
      ? 'write kind: http; its url may be https'
      : (suggestion(word, kinds) ?? `known here: ${kinds.join(', ')}`);
  return report(
    tree.file,
    'SP1214',
    kind,
    `unknown kind ${shown(kind)} of this ${place.title}`,
    help,
  );
}
