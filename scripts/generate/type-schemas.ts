import ts from 'typescript';
import type { Json, JsonObject } from './schema-variants.ts';

/** Turns TypeScript types of plain JSON into JSON Schema; types with a name become `definitions`. Throws for any other type. */
export interface TypeSchemas {
  readonly checker: ts.TypeChecker;
  /** Types that are described by hand: name → key in `$defs`. */
  readonly byHand: Readonly<Record<string, string>>;
  readonly definitions: Map<string, JsonObject>;
  /** Which type has a name. */
  readonly owners: Map<string, ts.Symbol>;
}

/** A reference for a type with a name, else the schema itself. */
export function schemaOf(schemas: TypeSchemas, type: ts.Type): JsonObject {
  const symbol = namedSymbol(schemas, type);
  if (symbol === null) return structureOf(schemas, type);
  const { byHand, definitions, owners } = schemas;
  const { name } = symbol;
  const known = byHand[name];
  if (known !== undefined) return { $ref: `#/$defs/${known}` };
  if (!owners.has(name)) {
    // Before its structure is looked at: a type may refer to itself.
    owners.set(name, symbol);
    const text = description(schemas, symbol);
    definitions.set(name, { title: name, ...text, ...structureOf(schemas, type) });
  }
  if (owners.get(name) !== symbol) throw new Error(`two types of results are called ${name}`);
  return { $ref: `#/$defs/${name}` };
}

/** The symbol of an interface or type alias; `null` for what has no name of its own. */
function namedSymbol({ checker }: TypeSchemas, type: ts.Type): ts.Symbol | null {
  const { aliasSymbol, aliasTypeArguments } = type;
  if (aliasSymbol !== undefined) return aliasTypeArguments === undefined ? aliasSymbol : null;
  return type.isClassOrInterface() && !checker.isArrayType(type) ? type.symbol : null;
}

function structureOf(schemas: TypeSchemas, type: ts.Type): JsonObject {
  const { checker } = schemas;
  if (type.isUnion()) return unionOf(schemas, type.types);
  if (isLiteral(type)) return { const: literal(schemas, type) };
  if (type.flags & ts.TypeFlags.Unknown) return {};
  // A branded string is a string.
  const parts = type.isIntersection() ? type.types : [type];
  if (parts.some(({ flags }) => flags & ts.TypeFlags.String)) return { type: 'string' };
  if (parts.some(({ flags }) => flags & ts.TypeFlags.Number)) return { type: 'number' };
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    if (element !== undefined) return { type: 'array', items: schemaOf(schemas, element) };
  }
  if (parts.every(({ flags }) => flags & ts.TypeFlags.Object)) return objectOf(schemas, type);
  throw new Error(`a result has a type that is no JSON: ${checker.typeToString(type)}`);
}

/** Sorted, because the order of a union follows what else the compiler has seen. */
function unionOf(schemas: TypeSchemas, all: readonly ts.Type[]): JsonObject {
  const types = all.filter((type) => !isNoJson(type));
  const literals = types.filter(isLiteral).map((type) => literal(schemas, type));
  const values = literals.filter((value) => value !== null);
  const branches = types.filter((type) => !isLiteral(type)).map((type) => schemaOf(schemas, type));
  literals.sort(byText);
  values.sort(byText);
  branches.sort(byText);
  if (values.join() === 'false,true') branches.push({ type: 'boolean' });
  else if (values.length > 0 && branches.length === 0) return { enum: literals };
  else if (values.length > 0) branches.push({ enum: values });
  if (literals.includes(null)) branches.push({ type: 'null' });
  const [only] = branches;
  if (branches.length === 1 && only !== undefined) return only;
  const plain = branches.every((branch) => Object.keys(branch).join() === 'type');
  return plain ? { type: branches.flatMap((branch) => branch['type'] ?? []) } : { anyOf: branches };
}

const { compare } = new Intl.Collator('en', { numeric: true });

function byText(a: Json, b: Json): number {
  return compare(JSON.stringify(a), JSON.stringify(b));
}

function objectOf(schemas: TypeSchemas, type: ts.Type): JsonObject {
  const properties = propertiesOf(schemas, type);
  const required = membersOf(schemas, type)
    .filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0)
    .map(({ name }) => name);
  const [index] = schemas.checker.getIndexInfosOfType(type);
  return {
    type: 'object',
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: index === undefined ? false : schemaOf(schemas, index.type),
  };
}

/** Name → schema of each member, with what its comment says. */
export function propertiesOf(schemas: TypeSchemas, type: ts.Type): JsonObject {
  return Object.fromEntries(
    membersOf(schemas, type).map((member): [string, Json] => {
      const schema = schemaOf(schemas, schemas.checker.getTypeOfSymbol(member));
      return [member.name, { ...schema, ...description(schemas, member) }];
    }),
  );
}

/** As declared; those of a mapped type sorted, because they come from a union. */
function membersOf({ checker }: TypeSchemas, type: ts.Type): readonly ts.Symbol[] {
  const members = checker.getPropertiesOfType(type);
  const isMapped = (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped;
  return isMapped ? [...members].sort((a, b) => compare(a.name, b.name)) : members;
}

/** What its comment says, in one line. */
function description({ checker }: TypeSchemas, symbol: ts.Symbol): JsonObject {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return text === '' ? {} : { description: text.replaceAll(/\s+/g, ' ') };
}

function isLiteral({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Literal | ts.TypeFlags.Null)) !== 0;
}

function literal({ checker }: TypeSchemas, type: ts.Type): string | number | boolean | null {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  const text = checker.typeToString(type);
  return text === 'null' ? null : text === 'true';
}

/** Bytes are in no result, only in the types of the model. */
function isNoJson(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Undefined) !== 0 || type.getSymbol()?.name === 'Uint8Array';
}
