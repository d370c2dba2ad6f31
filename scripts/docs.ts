/** Writes the generated reference pages; `--check` writes nothing and exits 1 naming what is stale. */
import { readFile, writeFile } from 'node:fs/promises';

import { CODES } from '../src/diagnostics/codes/index.ts';
import { editedFixtures } from '../test/unit/kinds/manifest/corpus/edited-fixtures.ts';
import { refusedFixtures } from '../test/unit/kinds/manifest/corpus/refused-fixtures.ts';
import type { CommandManifest } from './docs/commands-page.ts';
import { commandsPage } from './docs/commands-page.ts';
import { diagnosticsPage } from './docs/diagnostics-page.ts';
import { manifestFormsPage } from './docs/manifest-forms-page.ts';

const top = new URL('..', import.meta.url);
const manifest = JSON.parse(
  await readFile(new URL('oclif.manifest.json', top), 'utf8'),
) as CommandManifest;
const pages: readonly [string, string][] = [
  ['docs/reference/commands.md', commandsPage(manifest)],
  ['docs/reference/diagnostics.md', diagnosticsPage(CODES)],
  ['docs/reference/manifest-forms.md', manifestFormsPage(editedFixtures, refusedFixtures, CODES)],
];
for (const [file, text] of pages) {
  const current = await readFile(new URL(file, top), 'utf8').catch(() => null);
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`stale: ${file} (run: npm run docs)`);
    process.exitCode = 1;
  } else {
    await writeFile(new URL(file, top), text);
    console.log(`written: ${file}`);
  }
}
