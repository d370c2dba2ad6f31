/**
 * schemas/*.schema.json → src/generated: standalone validators (no ajv at run time), types, and the plan and workspace schemas
 * as modules. src/catalogue/data → one module. The other way round src/cli/command-results.ts → schemas/output.schema.json.
 * `--check` writes nothing and exits 1 naming what is stale.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogueModule } from './generate/catalogue.ts';
import { expectedFiles } from './generate/expected-files.ts';
import { outputSchemaText } from './generate/output-schema.ts';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = 'src/generated';

/** Path below the top → text. */
const expected = new Map([['schemas/output.schema.json', await outputSchemaText()]]);
for (const [name, text] of await expectedFiles(join(TOP, 'schemas')))
  expected.set(join(GENERATED, name), text);
expected.set(
  join(GENERATED, 'catalogue.ts'),
  await catalogueModule(join(TOP, 'src/catalogue/data')),
);
const present = await readdir(join(TOP, GENERATED)).catch(() => []);
const surplus = present.map((name) => join(GENERATED, name)).filter((path) => !expected.has(path));
const stale: string[] = [];
for (const [path, text] of expected) {
  const current = await readFile(join(TOP, path), 'utf8').catch(() => null);
  if (current !== text) stale.push(path);
}

if (process.argv.includes('--check')) {
  for (const path of [...stale, ...surplus]) console.error(`stale: ${path}`);
  if (stale.length + surplus.length > 0) {
    console.error('Run `npx tsx scripts/generate.ts` and commit the result.');
    process.exitCode = 1;
  }
} else {
  await mkdir(join(TOP, GENERATED), { recursive: true });
  for (const path of surplus) await rm(join(TOP, path));
  for (const path of stale) await writeFile(join(TOP, path), expected.get(path) ?? '');
  console.log(stale.length === 0 ? 'up to date' : `written: ${stale.join(', ')}`);
}
