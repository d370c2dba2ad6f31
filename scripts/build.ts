/**
 * src → dist/: one ES module per command and for the library, shared code in chunks, so that a command loads only what it
 * needs; one file for recovery; then oclif.manifest.json, so that `--help` loads no command. `--check` leaves the manifest alone and exits 1 when the
 * one in git is stale.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { oclifManifest } from './build/oclif-manifest.ts';
import { ADDON_KNOWN, LINUX_ONLY } from './build/quick-start.ts';
import { bundleRecovery } from './build/recovery-bundle.ts';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(TOP, 'dist');
const MANIFEST = join(TOP, 'oclif.manifest.json');

/** CommonJS packages inside an ES module bundle still ask for these. Only files that do get them: making them takes time at each start. */
const BANNER = `import { createRequire as createRequire_ } from 'node:module';
import { dirname as dirname_ } from 'node:path';
import { fileURLToPath as fileURLToPath_ } from 'node:url';
const require = createRequire_(import.meta.url);
const __filename = fileURLToPath_(import.meta.url);
const __dirname = dirname_(__filename);`;
const ASKS = /\b(?:require|__filename|__dirname)\b/;

async function entryPoints(): Promise<Record<string, string>> {
  const entries: Record<string, string> = { run: 'src/cli/run.ts' };
  const commands = await readdir(join(TOP, 'src/cli/commands'), { recursive: true });
  for (const file of commands.filter((name) => name.endsWith('.ts'))) {
    const name = file.slice(0, -'.ts'.length).split(sep).join('/');
    entries[`commands/${name}`] = `src/cli/commands/${name}.ts`;
  }
  if (existsSync(join(TOP, 'src/index.ts'))) entries['index'] = 'src/index.ts';
  return entries;
}

async function bundle(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: TOP,
    entryPoints: await entryPoints(),
    outdir: DIST,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    // Names stay: crash files are read by people.
    minifyWhitespace: true,
    legalComments: 'linked',
    // oclif's optional ways to run TypeScript.
    external: ['typescript', 'ts-node', 'tsx', 'tsx/*'],
    plugins: [LINUX_ONLY, ADDON_KNOWN],
    write: false,
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    const asks = path.endsWith('.js') && ASKS.test(text);
    await writeFile(path, asks ? `${BANNER}\n${text}` : text);
  }
  const written = new Set(outputFiles.map(({ path }) => path));
  const recovery = await bundleRecovery(TOP, BANNER);
  await removeOthers(new Set([...written, ...recovery]));
}

/** Old chunks go after the new ones are there: a command that starts meanwhile finds a whole bundle. */
async function removeOthers(written: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const declarations = relative(DIST, file).startsWith('types');
    if (entry.isFile() && !declarations && !written.has(file)) await rm(file);
  }
}

await bundle();
const manifest = await oclifManifest(TOP);
if (process.argv.includes('--check')) {
  const current = await readFile(MANIFEST, 'utf8').catch(() => '');
  if (current !== manifest) {
    console.error('stale: oclif.manifest.json. Run `npm run build` and commit the result.');
    process.exitCode = 1;
  }
} else {
  await writeFile(MANIFEST, manifest);
}
