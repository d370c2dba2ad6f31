import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import {
  withBareReferences,
  withoutReferences,
  withoutRequiredAlternatives,
  type JsonObject,
} from './schema-variants.ts';
import { validatorModule } from './validators.ts';

const BANNER = '// Generated from schemas/ by scripts/generate.ts. Do not edit.';

/** File name in src/generated → its text. */
export async function expectedFiles(schemaDir: string): Promise<ReadonlyMap<string, string>> {
  const plan = await read(schemaDir, 'plan');
  const workspace = await read(schemaDir, 'workspace');
  const changeSet = await read(schemaDir, 'change-set');
  const schedules = await read(schemaDir, 'schedule-file');
  const loaded = withoutRequiredAlternatives(plan);
  const files = new Map<string, string>();
  addValidator(files, 'plan-validator', { validatePlanFile: loaded });
  addValidator(files, 'workspace-validator', { validateWorkspaceFile: workspace });
  addValidator(files, 'change-set-validator', { validateChangeSet: changeSet }, true);
  addValidator(files, 'schedule-file-validator', { validateScheduleFile: schedules });
  files.set('schedule-file-schema.ts', schemaModule('scheduleFileSchema', schedules));
  files.set('plan-schema.ts', schemaModule('planSchema', plan));
  files.set('workspace-schema.ts', schemaModule('workspaceSchema', workspace));
  files.set('plan-types.ts', await types('SubstitutedPlan', withoutReferences(loaded)));
  files.set('workspace-types.ts', await types('WorkspaceDocument', workspace));
  files.set('change-set-types.ts', await types('ChangeSetDocument', changeSet));
  return files;
}

async function read(dir: string, name: string): Promise<JsonObject> {
  return JSON.parse(await readFile(join(dir, `${name}.schema.json`), 'utf8')) as JsonObject;
}

function addValidator(
  files: Map<string, string>,
  name: string,
  schemas: Readonly<Record<string, JsonObject>>,
  messages = false,
): void {
  const { code, declaration } = validatorModule(schemas, { messages });
  files.set(`${name}.js`, code);
  files.set(`${name}.d.ts`, declaration);
}

function schemaModule(name: string, schema: JsonObject): string {
  return `${BANNER}\nexport const ${name}: Readonly<Record<string, unknown>> = ${JSON.stringify(schema, null, 1)};\n`;
}

function types(name: string, schema: JsonObject): Promise<string> {
  const { $id: _id, title: _title, ...bare } = withBareReferences(schema);
  return compile(structuredClone(bare), name, {
    bannerComment: BANNER,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    declareExternallyReferenced: true,
    unreachableDefinitions: false,
    style: { singleQuote: true },
  });
}
