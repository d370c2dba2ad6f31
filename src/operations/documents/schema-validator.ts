/** Loaded only for a schema of a caller. The imports are static: of a CommonJS package in a bundle, `import()` gives no names. */
import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject, JsonValue } from '../../model/item.ts';

export interface SchemaProblem {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly message: string;
}

const OPTIONS = {
  allErrors: true,
  // Keywords that are not known say something to others.
  strict: false,
  validateFormats: false,
  logger: false,
} as const;
const DRAFT_07 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;

/** A schema as a function; `why` where it is none, or refers to what is not in it. Nothing is fetched. */
export function compileSchema(
  schema: JsonObject,
):
  | { readonly problemsOf: (data: JsonValue) => readonly SchemaProblem[] }
  | { readonly why: string } {
  const { $schema } = schema;
  const isOld = typeof $schema === 'string' && DRAFT_07.test($schema);
  try {
    const validate = (isOld ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS)).compile(schema);
    return {
      problemsOf: (data) => (validate(data) ? [] : (validate.errors ?? []).map(problemOf)),
    };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

function problemOf({ instancePath, message, keyword, params }: ErrorObject): SchemaProblem {
  const said = message ?? keyword;
  const named = params as Readonly<Record<string, unknown>>;
  const more = [named['additionalProperty'], named['unevaluatedProperty'], named['propertyName']]
    .filter((name) => typeof name === 'string')
    .map((name) => JSON.stringify(name));
  const allowed = keyword === 'enum' ? [JSON.stringify(named['allowedValues'])] : [];
  return { pointer: instancePath, message: [said, ...more, ...allowed].join(' ') };
}
