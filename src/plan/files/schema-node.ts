import { child, type SourceNode } from './source-tree.ts';

/** A JSON Schema object, as far as this tool's own schemas use it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly then?: SchemaNode;
  readonly const?: string | boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** A schema and the name of the definition it is (`duration`), when it is one. */
export interface NamedSchema {
  readonly schema: SchemaNode;
  readonly definition: string | null;
}

const REFERENCE = '#/$defs/reference';

/** Follows `$ref`, the alternative that is no variable reference, and the alternative that the value's `kind` chooses. */
export function resolveSchema(
  root: SchemaNode,
  schema: SchemaNode,
  node: SourceNode | undefined,
  definition: string | null = null,
): NamedSchema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/$defs/', '');
    return resolveSchema(root, root.$defs?.[name] ?? {}, node, name);
  }
  const branches = schema.anyOf?.filter((branch) => branch.$ref !== REFERENCE) ?? [];
  const direct =
    branches.find((branch) => isForMap(root, branch) === (node?.type === 'map')) ?? branches[0];
  if (direct !== undefined) return resolveSchema(root, direct, node, definition);
  const kind = child(node, 'kind');
  const chosen = schema.oneOf
    ?.map((branch) => resolveSchema(root, branch, undefined))
    .find(
      (branch) =>
        kind?.type === 'scalar' && branch.schema.properties?.['kind']?.const === kind.value,
    );
  return chosen ?? { schema, definition };
}

function isForMap(root: SchemaNode, { $ref, type }: SchemaNode): boolean {
  const named = $ref === undefined ? null : root.$defs?.[$ref.replace('#/$defs/', '')];
  return (named?.type ?? type) === 'object';
}

/** The schema that a value at `path` must fit, or `null` where the schema says nothing. */
export function schemaAt(
  root: SchemaNode,
  tree: SourceNode,
  path: readonly string[],
): NamedSchema | null {
  let node: SourceNode | undefined = tree;
  let current = resolveSchema(root, root, node);
  for (const segment of path) {
    const next = memberSchema(current.schema, node, segment);
    if (next === null) return null;
    node = node?.type === 'list' ? node.items[Number(segment)] : child(node, segment);
    current = resolveSchema(root, next, node);
  }
  return current;
}

function memberSchema(
  schema: SchemaNode,
  node: SourceNode | undefined,
  segment: string,
): SchemaNode | null {
  if (node?.type === 'list') return schema.items ?? null;
  const { properties, additionalProperties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, segment))
    return properties[segment] ?? null;
  return typeof additionalProperties === 'object' ? additionalProperties : null;
}
