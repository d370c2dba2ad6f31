import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { withoutAnnotations, type JsonObject } from './schema-variants.ts';

const BANNER = '// Generated from schemas/ by scripts/generate.ts. Do not edit.\n';

const DECLARATION = `${BANNER}/** One ajv error; for files that people write, the loader makes its own sentences of them. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
  /** Only where nobody writes the data by hand (change sets). */
  readonly message?: string;
}
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
`;

/**
 * Standalone ESM code of one validator for each export name, and its declaration. Throws when the code would need ajv at run
 * time: `unicode: false` avoids the length helper, and the schemas use no `uniqueItems` or object constants.
 */
export function validatorModule(
  schemas: Readonly<Record<string, JsonObject>>,
  options: { readonly messages: boolean } = { messages: false },
): {
  readonly code: string;
  readonly declaration: string;
} {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: options.messages,
    unicode: false,
    code: { source: true, esm: true, lines: true },
  });
  const ids: Record<string, string> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    ids[name] = `urn:setpoint:validator:${name}`;
    ajv.addSchema({ ...withoutAnnotations(schema), $id: ids[name] });
  }
  const code = standaloneCode.default(ajv, ids);
  if (/\brequire\(/.test(code)) throw new Error('a validator would need ajv at run time');
  const exports = Object.keys(schemas).map((name) => `export declare const ${name}: Validator;\n`);
  return { code: `${BANNER}${code}\n`, declaration: `${DECLARATION}${exports.join('')}` };
}
