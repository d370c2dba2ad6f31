import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

const SCHEMA = fileURLToPath(new URL('../../../schemas/output.schema.json', import.meta.url));

/** The envelope, and below `allOf` one condition a command. */
interface OutputSchema {
  readonly $id: string;
  readonly allOf: readonly {
    readonly if: { readonly properties?: { readonly command: { readonly const: string } } };
  }[];
}

const compiled = new Map<string, ValidateFunction>();

/** What of an envelope the published schema does not describe: where, what, and the value of it. */
export function schemaErrors(envelope: unknown): readonly string[] {
  const validate = validatorFor((envelope as { readonly command?: unknown } | null)?.command);
  if (validate(envelope)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

/** To compile the results of all commands takes longer than most tests: the conditions for others are left out. */
function validatorFor(command: unknown): ValidateFunction {
  const name = typeof command === 'string' ? command : '';
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as OutputSchema;
  const allOf = schema.allOf.filter(({ if: { properties } }) => {
    const about = properties?.command.const;
    return about === undefined || about === name;
  });
  const validate = new Ajv2020({
    allErrors: true,
    strictRequired: false,
    allowUnionTypes: true,
  }).compile({
    ...schema,
    allOf,
  });
  compiled.set(name, validate);
  return validate;
}
