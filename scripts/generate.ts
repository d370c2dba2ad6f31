/**
 * schemas/*.schema.json → src/generated: standalone validators (no ajv at run time), types, and the plan and workspace schemas
 * as modules. `--check` writes nothing and exits 1 naming what is stale.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectedFiles } from './generate/expected-files.ts';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = join(TOP, 'src/generated');

const expected = await expectedFiles(join(TOP, 'schemas'));
const present = await readdir(GENERATED).catch(() => []);
const surplus = present.filter((name) => !expected.has(name));
const stale: string[] = [];
for (const [name, text] of expected) {
  const current = await readFile(join(GENERATED, name), 'utf8').catch(() => null);
  if (current !== text) stale.push(name);
}

if (process.argv.includes('--check')) {
  for (const name of [...stale, ...surplus]) console.error(`stale: src/generated/${name}`);
  if (stale.length + surplus.length > 0) {
    console.error('Run `npx tsx scripts/generate.ts` and commit the result.');
    process.exitCode = 1;
  }
} else {
  await mkdir(GENERATED, { recursive: true });
  for (const name of surplus) await rm(join(GENERATED, name));
  for (const name of stale) await writeFile(join(GENERATED, name), expected.get(name) ?? '');
  console.log(stale.length === 0 ? 'up to date' : `written: ${stale.join(', ')}`);
}
