/**
 * The program that settles runs without an installed setpoint: bundled into one file (scripts/build/recovery-bundle.ts) that
 * lives in the state directory, so that it does not matter what becomes of the checkout or of node_modules. Everything it
 * needs is loaded when it starts.
 *
 *     recovery.mjs guard   --root DIR --state-dir DIR --host NAME --applier PID   (descriptors 3: the lock, 4: the applier)
 *     recovery.mjs restore --root DIR --state-dir DIR               (boot, before the kubelet and cron)
 *     recovery.mjs verify  --root DIR --state-dir DIR               (boot, later)
 */
import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HostName, RealPath } from '../model/brand.ts';
import { EXIT, type ExitCode } from '../model/outcome.ts';
import { settleAtBoot } from '../operations/settle-at-boot.ts';
import type { RecoveryPlace } from '../operations/recovery/recovery-session.ts';
import { guard } from './guard.ts';
import { sayEvent, sayResult } from './say-result.ts';
import { say } from './say.ts';

/** A guardian and a boot unit end when they have settled, not when a terminal, a job or a session does. */
const IGNORED = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

for (const signal of IGNORED) process.on(signal, () => {});
process.on('uncaughtException', (error) => {
  say(`internal error: ${error.stack ?? error.message}`);
  process.exit(EXIT.bug);
});
process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<ExitCode> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        root: { type: 'string' },
        'state-dir': { type: 'string' },
        host: { type: 'string' },
        applier: { type: 'string' },
      },
    });
    const { root, host, applier } = values;
    const stateDir = values['state-dir'];
    if (root === undefined || stateDir === undefined) return usage();
    return await run(positionals[0], { root, stateDir, host, applier });
  } catch (error) {
    if (error instanceof SetpointError) {
      for (const { code, message } of error.diagnostics) say(`error ${code}: ${message}`);
      return error.exitCode as ExitCode;
    }
    say(
      `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return EXIT.bug;
  }
}

interface Words {
  readonly root: string;
  readonly stateDir: string;
  readonly host: string | undefined;
  readonly applier: string | undefined;
}

async function run(mode: string | undefined, words: Words): Promise<ExitCode> {
  const { root, stateDir, host, applier } = words;
  const place: RecoveryPlace = { root, stateDir: real(stateDir), env: process.env };
  if (mode === 'guard' && host !== undefined && applier !== undefined) {
    return guard(place, host as HostName, Number(applier));
  }
  if (mode !== 'restore' && mode !== 'verify') return usage();
  const result = await settleAtBoot(mode, place, sayEvent);
  sayResult(result);
  return result.exitCode;
}

/** A state directory that is not there yet has no open runs. */
function real(path: string): RealPath {
  try {
    return realpathSync(path) as RealPath;
  } catch {
    return path as RealPath;
  }
}

function usage(): ExitCode {
  say('usage: recovery.mjs guard|restore|verify --root DIR --state-dir DIR [--host NAME]');
  return EXIT.usage;
}
