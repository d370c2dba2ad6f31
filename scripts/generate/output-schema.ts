/** schemas/output.schema.json: the envelope, written by hand, and the result of each command, from the types. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { JsonObject } from './schema-variants.ts';
import { propertiesOf } from './type-schemas.ts';
import type { TypeSchemas } from './type-schemas.ts';

const RESULTS = fileURLToPath(new URL('../../src/cli/command-results.ts', import.meta.url));
const COMPILER_OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  skipLibCheck: true,
  types: ['node'],
};
const ENVELOPE = new URL('output-envelope.json', import.meta.url);

/** Text of the schema. Throws when a type of a result is no JSON. */
export async function outputSchemaText(): Promise<string> {
  const envelope = JSON.parse(await readFile(ENVELOPE, 'utf8')) as JsonObject & {
    readonly $defs: JsonObject;
  };
  const { results, definitions } = commandResults();
  const commands = Object.keys(results);
  const schema = {
    ...envelope,
    allOf: [
      when({ required: ['result'] }, { properties: { command: { enum: commands } } }),
      ...Object.entries(results).map(([command, result]) =>
        when({ properties: { command: { const: command } } }, { properties: { result } }),
      ),
    ],
    $defs: { ...envelope.$defs, ...definitions },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function when(condition: JsonObject, schema: JsonObject): JsonObject {
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return { if: condition, then: schema };
}

/** Command → schema of its result, and what those refer to, sorted by name. */
function commandResults(): { readonly results: JsonObject; readonly definitions: JsonObject } {
  const program = ts.createProgram([RESULTS], { ...COMPILER_OPTIONS, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(RESULTS);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbol = module?.exports?.get(ts.escapeLeadingUnderscores('CommandResults'));
  if (symbol === undefined) throw new Error(`${RESULTS} has no CommandResults`);
  const byHand = { Diagnostic: 'diagnostic', SourceRange: 'range', Code: 'code' };
  const schemas: TypeSchemas = { checker, byHand, definitions: new Map(), owners: new Map() };
  const results = propertiesOf(schemas, checker.getDeclaredTypeOfSymbol(symbol));
  const sorted = [...schemas.definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return { results, definitions: Object.fromEntries(sorted) };
}
