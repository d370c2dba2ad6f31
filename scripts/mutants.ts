/**
 * Breaks the code in a copy, one fault at a time, and runs the tests that must see it. A mutant that survives, or whose text is
 * no longer found exactly once, fails. Arguments: words that names of mutants must contain.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { MUTANTS } from '../test/mutants/mutants.ts';
import type { Mutant } from '../test/mutants/mutants.ts';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const chosen = MUTANTS.filter((mutant) => words.every((word) => mutant.name.includes(word)));
const copy = await mkdtemp(join(tmpdir(), 'setpoint-mutants-'));
try {
  for (const name of [
    'src',
    'test',
    'scripts',
    'schemas',
    'fixtures',
    'plans',
    'docs',
    'bin',
    'dist',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
    'oclif.manifest.json',
  ]) {
    await cp(join(TOP, name), join(copy, name), { recursive: true, preserveTimestamps: true });
  }
  await symlink(join(TOP, 'node_modules'), join(copy, 'node_modules'));
  const tests = new Set(chosen.flatMap((mutant) => mutant.tests.split(' ')));
  // Without this a broken copy would kill every mutant.
  if (!(await passes([...tests]))) throw new Error('the tests fail without any mutant');
  let survived = 0;
  for (const mutant of chosen) {
    const verdict = await judge(mutant);
    if (verdict !== 'killed') survived += 1;
    console.log(`${verdict.padEnd(9)} ${mutant.name}`);
  }
  console.log(`${chosen.length - survived} of ${chosen.length} mutants killed`);
  if (survived > 0) process.exitCode = 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function judge(mutant: Mutant): Promise<'killed' | 'SURVIVED' | 'NOT FOUND'> {
  const file = join(copy, mutant.file);
  const text = await readFile(file, 'utf8');
  if (text.split(mutant.find).length !== 2) return 'NOT FOUND';
  const { atime, mtime } = await stat(file);
  await writeFile(
    file,
    text.replace(mutant.find, () => mutant.replace),
  );
  // Only stories run the built command: for the others nothing has to be built again.
  if (/^(test\/(unit|property)\/\S+ ?)+$/.test(mutant.tests)) await utimes(file, atime, mtime);
  const passed = await passes(mutant.tests.split(' '));
  await writeFile(file, text);
  return passed ? 'SURVIVED' : 'killed';
}

function passes(tests: readonly string[]): Promise<boolean> {
  const args = [
    join(TOP, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--configLoader',
    'runner',
    '--bail',
    '1',
    ...tests,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: copy, maxBuffer: 2 ** 26 }, (error) =>
      resolve(error === null),
    );
  });
}
