import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

const SCHEMA = fileURLToPath(new URL('../../../schemas/output.schema.json', import.meta.url));
const validate = new Ajv2020({ allErrors: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
);

/** What of an envelope the published schema does not describe: where, what, and the value of it. */
export function schemaErrors(envelope: unknown): readonly string[] {
  if (validate(envelope)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
