#!/usr/bin/env node
// Runs the sources through tsx: no build needed, slower start.
import { readFileSync } from 'node:fs';

import { register } from 'tsx/esm/api';

const argv = process.argv.slice(2);
if (argv[0] === '--version' || argv[0] === '-v') {
  const { name, version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  process.stdout.write(`${name} ${version}\n`);
} else {
  register();
  const { main } = await import('../src/cli/run.ts');
  await main(argv);
}
