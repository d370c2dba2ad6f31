#!/usr/bin/env node
// Answers the version before anything is loaded: scripts ask for it often.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

const argv = process.argv.slice(2);
const bundle = new URL('../dist/run.js', import.meta.url);

if (argv[0] === '--version' || argv[0] === '-v') {
  const { name, version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  process.stdout.write(`${name} ${version}\n`);
} else if (existsSync(bundle)) {
  // Node 22 and later keep compiled code between starts.
  module.enableCompileCache?.();
  const { main } = await import(bundle.href);
  await main(argv);
} else {
  process.stderr.write(
    'setpoint is not built yet (dist/ is missing).\n' +
      'help: npm ci && npm run build; while developing, bin/dev.js runs the sources\n',
  );
  process.exitCode = 70;
}
