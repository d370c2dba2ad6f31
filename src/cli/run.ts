import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Config, run, settings } from '@oclif/core';
import type { Interfaces } from '@oclif/core';

import { unforeseen } from './crash-report.ts';
import { reportError, reportLostAnswer, withErrorBoundary } from './error-boundary.ts';
import { moveLeadingFlags } from './leading-flags.ts';
import { guardOutput, releaseLostTerminals } from './output-guard.ts';
import type { OutputGuard } from './output-guard.ts';
import { packageManifest, packageRoot } from './package-root.ts';
import { exitOnSignals } from './signals.ts';
import { colorAllowed } from './style.ts';

/** The command line: runs one command and leaves its exit code in `process.exitCode`. Never rejects. */
export async function main(words: readonly string[]): Promise<void> {
  const argv = moveLeadingFlags(words[0] === 'help' ? [...words.slice(1), '--help'] : words);
  const output = guardProcess(argv);
  const options = loadOptions(argv);
  await withErrorBoundary(
    {
      argv,
      commands: async () => {
        const { commandIDs } = await Config.load(options);
        return commandIDs.map((id) => id.replaceAll(':', ' '));
      },
    },
    () => run(argv.length === 0 ? ['--help'] : [...argv], options),
  );
  const lost = await output.lostAnswer();
  if (lost !== null) reportLostAnswer(lost, argv);
}

/**
 * What oclif needs, given instead of searched for: the bundle has its manifest beside package.json; the sources (bin/dev.js)
 * are found by their file names, in a root without a manifest so that a stale one is not used.
 */
function loadOptions(argv: readonly string[]): Interfaces.Options {
  settings.enableAutoTranspile = false;
  const manifest = packageManifest();
  const sources = fileURLToPath(import.meta.url).endsWith('.ts');
  const color = colorAllowed({
    isTTY: process.stdout.isTTY,
    env: process.env,
    noColor: argv.includes('--no-color'),
  });
  const oclif = {
    ...manifest.oclif,
    helpOptions: { stripAnsi: !color },
    ...(sources ? { commands: { strategy: 'pattern', target: './commands' } } : {}),
  };
  const root = sources ? join(packageRoot(), 'src', 'cli') : packageRoot();
  return { root, pjson: { ...manifest, oclif } as unknown as Interfaces.PJSON };
}

/** Anything uncaught is a bug; what the output refuses is not (output-guard.ts). */
function guardProcess(argv: readonly string[]): OutputGuard {
  const output = guardOutput(process);
  releaseLostTerminals();
  const crash = (error: unknown): void => {
    reportError(unforeseen(error, argv, new Date()), argv);
    process.exit();
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  exitOnSignals();
  return output;
}
