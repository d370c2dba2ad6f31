/**
 * The one place that loads ajv, itself loaded only where somebody gives a schema: it takes 50 ms and more. The imports are static: of a
 * CommonJS package in a bundle, `import()` gives no names.
 */
import { Ajv, MissingRefError } from 'ajv';
import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject, JsonValue } from '../../model/item.ts';

const OPTIONS = {
  allErrors: true,
  // Keywords that are not known say something to others.
  strict: false,
  validateFormats: false,
  logger: false,
} as const;
const DRAFT_07 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;

/** Everything that is wrong with a value; may take without end (patterns). */
export type Validate = (value: JsonValue) => readonly ErrorObject[];

/** A schema of draft 2020-12, or 07 where it says so, as a function; `why` where it is none. Nothing is fetched. */
export function compileSchema(
  schema: JsonObject,
): { readonly validate: Validate } | { readonly why: string } {
  const { $schema } = schema;
  const isOld = typeof $schema === 'string' && DRAFT_07.test($schema);
  try {
    const validate = (isOld ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS)).compile(schema);
    return { validate: (value) => (validate(value) ? [] : (validate.errors ?? [])) };
  } catch (error) {
    if (error instanceof MissingRefError) {
      return { why: `$ref ${error.missingRef} leads out of it, and nothing is fetched` };
    }
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
