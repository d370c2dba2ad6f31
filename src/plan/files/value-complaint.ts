import type { Code } from '../../diagnostics/codes/index.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import { expectation, type Expectation } from './expectations.ts';
import type { NamedSchema, SchemaNode } from './schema-node.ts';
import type { ScalarNode, SourceNode } from './source-tree.ts';

export interface Complaint {
  readonly code: Code;
  readonly message: string;
  readonly help: string | null;
}

/**
 * What is wrong with one value by its own schema, members left aside; `null` when nothing is. `label` names it in the sentence,
 * e.g. `within` or `status[0]`.
 */
export function valueComplaint(
  { schema, definition }: NamedSchema,
  node: SourceNode,
  label: string,
): Complaint | null {
  const expected = expectation(definition);
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 0 && !types.some((type) => hasType(node, type))) {
    const what = expected?.what ?? types.map((type) => TYPE_NAMES[type] ?? type).join(' or ');
    const help =
      quotingHelp(node, types, definition) ?? expected?.help ?? listHelp(schema, node, types);
    const code = expected?.code ?? 'SP1204';
    const message = isNothing(node)
      ? `${quoted(label)} has no value; it must be ${what}`
      : `${quoted(label)} must be ${what}, not ${shown(node)}`;
    return { code, message, help };
  }
  if (node.type !== 'scalar') return countComplaint(schema, node, label);
  return choiceComplaint(schema, node, label) ?? scalarComplaint(schema, expected, node, label);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'a mapping',
};

function hasType(node: SourceNode, type: string): boolean {
  if (node.type === 'map') return type === 'object';
  if (node.type === 'list') return type === 'array';
  if (node.value === null) return type === 'null';
  if (type === 'integer') return Number.isInteger(node.value);
  return typeof node.value === type;
}

function isNothing(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null && node.text === '';
}

/** How a value appears in a sentence. */
export function shown(node: SourceNode): string {
  if (node.type === 'map') return 'a mapping';
  if (node.type === 'list') return 'a list';
  if (node.value === null) return node.text === '' ? 'nothing' : 'null';
  return typeof node.value === 'string' ? quoted(node.value) : node.text;
}

function quotingHelp(
  node: SourceNode,
  types: readonly string[],
  definition: string | null,
): string | null {
  if (node.type !== 'scalar' || !types.includes('string') || node.value === null) return null;
  if (definition === 'duration') return `write it with its unit: ${node.text}s`;
  return `put it in quotes: "${node.text}"`;
}

/** Only where a word can be an entry: a check or a mount in a list is a mapping. */
function listHelp(
  { items }: SchemaNode,
  node: SourceNode,
  types: readonly string[],
): string | null {
  const takesText = items?.type === undefined || items.type === 'string';
  if (
    !takesText ||
    items?.oneOf !== undefined ||
    /(gate|audit|mount|action)$/i.test(items?.$ref ?? '')
  )
    return null;
  return node.type === 'scalar' && types.includes('array') && node.text !== ''
    ? `write a list: [${node.text}]`
    : null;
}

function countComplaint(schema: SchemaNode, node: SourceNode, label: string): Complaint | null {
  const least = node.type === 'list' ? schema.minItems : schema.minProperties;
  const size =
    node.type === 'list' ? node.items.length : node.type === 'map' ? node.entries.size : 0;
  if (node.type === 'list' && schema.maxItems !== undefined && size > schema.maxItems) {
    const [has, most] = [size, schema.maxItems].map(String);
    const message = `${quoted(label)} has ${has} entries, more than the ${most} that it can have`;
    return { code: 'SP1205', message, help: null };
  }
  if (least === undefined || size >= least) return null;
  const message = `${quoted(label)} is empty`;
  return { code: 'SP1211', message, help: 'give it at least one entry, or remove the key' };
}

function choiceComplaint(schema: SchemaNode, node: ScalarNode, label: string): Complaint | null {
  const constant = schema.const ?? schema.then?.anyOf?.[0]?.const;
  const choices: readonly (string | boolean)[] =
    schema.enum ?? (constant === undefined ? [] : [constant]);
  if (choices.length === 0 || choices.some((choice) => choice === node.value)) return null;
  if (label === 'setpoint') {
    const help = 'this setpoint reads format v1; a newer format needs a newer setpoint';
    return { code: 'SP1201', message: `"setpoint" must be v1, not ${shown(node)}`, help };
  }
  const list = choices.map((choice) => (typeof choice === 'string' ? quoted(choice) : choice));
  const what = schema.then === undefined ? list.join(', ') : `${list.join(', ')} or a list`;
  const message = `${quoted(label)} must be ${choices.length > 1 ? `one of ${what}` : what}, not ${shown(node)}`;
  const words = choices.filter((choice) => typeof choice === 'string');
  return { code: 'SP1205', message, help: suggestion(node.text, words) };
}

function scalarComplaint(
  schema: SchemaNode,
  expected: Expectation | null,
  node: ScalarNode,
  label: string,
): Complaint | null {
  const { value } = node;
  const wrong =
    typeof value === 'string'
      ? (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) ||
        value.length < (schema.minLength ?? 0)
      : typeof value === 'number' &&
        (value < (schema.minimum ?? value) || value > (schema.maximum ?? value));
  if (!wrong) return null;
  if (value === '' && expected === null) {
    return { code: 'SP1211', message: `${quoted(label)} is empty`, help: null };
  }
  const message = `${quoted(label)} must be ${expected?.what ?? 'another value'}, not ${shown(node)}`;
  return { code: expected?.code ?? 'SP1205', message, help: unitHelp(expected, node) };
}

function unitHelp(expected: Expectation | null, node: ScalarNode): string | null {
  if (expected?.code === 'SP1207' && /^\d+$/.test(node.text)) {
    return `write it with its unit: ${node.text}s`;
  }
  return expected?.help ?? null;
}
