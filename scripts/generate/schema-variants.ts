export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

const REFERENCE = '#/$defs/reference';

/**
 * For the validators: without alternatives that consist of `required` alone. They serve editors; the loader says the same in one
 * clear sentence instead of one error for each alternative.
 */
export function withoutRequiredAlternatives(schema: JsonObject): JsonObject {
  return rewrite(schema, (node) => {
    const { oneOf, ...rest } = node;
    return isRequiredOnly(oneOf) ? rest : node;
  });
}

const ANNOTATIONS = ['title', 'description', 'default', '$schema'];

/** For the validators: annotations would only make them larger. */
export function withoutAnnotations(schema: JsonObject): JsonObject {
  return rewrite(schema, (node) =>
    Object.fromEntries(
      Object.entries(node).filter(
        // A property may be called `description`: then its value is a schema, not text.
        ([key, value]) => !ANNOTATIONS.includes(key) || isObject(value),
      ),
    ),
  );
}

/** For the types of a plan after substitution: no `${…}` where another type is meant. */
export function withoutReferences(schema: JsonObject): JsonObject {
  return rewrite(schema, (node) => {
    const { anyOf, ...rest } = node;
    if (!Array.isArray(anyOf)) return node;
    const kept = (anyOf as readonly Json[]).filter(
      (branch) => !(isObject(branch) && branch['$ref'] === REFERENCE),
    );
    if (kept.length === anyOf.length) return node;
    const [only] = kept;
    return kept.length === 1 && isObject(only) ? { ...only, ...rest } : { ...rest, anyOf: kept };
  });
}

/** For type generation: annotations beside a `$ref` would make a second type of the same definition. */
export function withBareReferences(schema: JsonObject): JsonObject {
  return rewrite(schema, (node) => {
    if (typeof node['$ref'] === 'string') return { $ref: node['$ref'] };
    const { propertyNames: _names, if: _if, then: _then, else: _else, ...rest } = node;
    return rest;
  });
}

function isRequiredOnly(oneOf: Json | undefined): boolean {
  return (
    Array.isArray(oneOf) &&
    oneOf.every((branch) => isObject(branch) && Object.keys(branch).join() === 'required')
  );
}

function rewrite(node: JsonObject, change: (node: JsonObject) => JsonObject): JsonObject {
  const members = Object.entries(node).map(([key, value]): [string, Json] => [
    key,
    rewriteValue(value, change),
  ]);
  return change(Object.fromEntries(members));
}

function rewriteValue(value: Json, change: (node: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((item: Json) => rewriteValue(item, change));
  return isObject(value) ? rewrite(value, change) : value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
