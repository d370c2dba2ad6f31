/** The one place that loads ajv, itself loaded only where a plan names a schema: it takes 50 ms and more. */
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const OPTIONS = { allErrors: true, strict: false, validateFormats: false, logger: false } as const;

/** Throws what ajv throws: Error with what is wrong with the schema. */
export function compileSchema(schema: object, draft07: boolean): ValidateFunction {
  return new (draft07 ? Ajv : Ajv2020)(OPTIONS).compile(schema);
}
