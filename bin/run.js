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
  const main = await load(bundle.href);
  if (main !== null) await main(argv);
} else {
  process.stderr.write(
    'setpoint is not built yet (dist/ is missing).\n' +
      'help: npm ci && npm run build; while developing, bin/dev.js runs the sources\n',
  );
  process.exitCode = 70;
}

/** With few open files allowed not even the program loads; nothing was done then. */
async function load(url) {
  try {
    return (await import(url)).main;
  } catch (error) {
    if (error.code !== 'EMFILE' && error.code !== 'ENFILE') throw error;
    process.stderr.write(
      'error[SP6017]: too many open files: setpoint cannot even be loaded\n' +
        'help: raise the limit where setpoint is started: `ulimit -n 1024` (in a systemd unit: LimitNOFILE=1024)\n',
    );
    process.exitCode = 1;
    return null;
  }
}
