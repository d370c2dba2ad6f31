import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAULT_MUTANTS } from '../fault/power/mutants.ts';
import { MUTANTS } from '../mutants/mutants.ts';

const TOP = join(import.meta.dirname, '../..');

/** Running the mutants takes long; that one has lost its place in the code is seen here. */
const changes = [
  ...MUTANTS,
  ...FAULT_MUTANTS.flatMap(({ name, replacements }) =>
    replacements.map((replacement) => ({ name, ...replacement })),
  ),
];

test.each(changes)('the text that "$name" changes stands once in $file', ({ file, find }) => {
  expect(readFileSync(join(TOP, file), 'utf8').split(find)).toHaveLength(2);
});
