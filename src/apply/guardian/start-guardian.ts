import { closeSync, constants, renameSync, statSync } from 'node:fs';
import { openOwnFile } from '../../host/own-file.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { thisPid } from '../../host/this-process.ts';
import type { HostName, Millis, RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Guardian } from './guardian.ts';
import { startAttempt, type Attempt } from './guardian-attempt.ts';

export interface GuardianOptions {
  /** The Node.js program, absolute. */
  readonly node: string;
  /** The recovery bundle, absolute (`<state-dir>/recovery/<version>/recovery.mjs`). */
  readonly program: string;
  readonly root: RealPath;
  readonly hostName: HostName;
  readonly stateDir: RealPath;
  /** Descriptor of the run lock, held by this process. */
  readonly lockFd: number;
  /** Appended to, 0600; begun anew above 64 KiB. */
  readonly logPath: string;
  /** All of the guardian's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** As a systemd scope of its own first, so that the end of the caller's service or session does not end it. */
  readonly scope: boolean;
}

const SCOPE = ['systemd-run', '--scope', '--quiet', '--collect', '--'];
/** A bus that does not answer must not hold up the command for long: it goes on without a scope. */
const SCOPE_TIMEOUT = 5_000 as Millis;
const TIMEOUT = 30_000 as Millis;
const LOG_LIMIT = 64 * 1024;

/** Starts a guardian; `ready` tells whether that worked. Never throws. */
export function startGuardian(options: GuardianOptions): Guardian {
  const starting: Starting = { attempt: null, pid: 0, over: false };
  const ready = becomeReady(options, starting);
  // A command that ends early never asks.
  ready.catch(() => {});
  return {
    get pid() {
      return starting.pid;
    },
    ready: () => ready,
    async dismiss() {
      starting.over = true;
      await starting.attempt?.end('done\n');
    },
    handOver() {
      starting.over = true;
      void starting.attempt?.end('yours\n');
    },
  };
}

interface Starting {
  attempt: Attempt | null;
  pid: number;
  /** Dismissed or handed over: no further attempt. */
  over: boolean;
}

async function becomeReady(options: GuardianOptions, starting: Starting): Promise<void> {
  let log: number;
  try {
    log = openLog(options.logPath);
  } catch (error) {
    throw notStarted(`its log cannot be opened: ${wordsOf(error)}`, options, error);
  }
  try {
    const launchers = options.scope ? [SCOPE, []] : [[]];
    for (const launcher of launchers) {
      const problem = await attempt(launcher, options, starting, log);
      if (problem === null || starting.over) return;
      if (launcher.length === 0) throw notStarted(problem.message, options, problem);
    }
  } finally {
    closeSync(log);
  }
}

/** `null` when the guardian is ready, else why it is not. */
async function attempt(
  launcher: readonly string[],
  options: GuardianOptions,
  starting: Starting,
  logFd: number,
): Promise<Error | null> {
  const { node, program, root, hostName, stateDir, env, lockFd } = options;
  const place = ['--root', root, '--state-dir', stateDir, '--host', hostName];
  const argv = [node, program, 'guard', ...place, '--applier', String(thisPid())];
  const timeout = launcher.length === 0 ? TIMEOUT : SCOPE_TIMEOUT;
  let begun: Attempt | null = null;
  try {
    begun = startAttempt(launcher, { argv, env, logFd, lockFd, timeout });
    starting.attempt = begun;
    starting.pid = begun.pid;
    starting.pid = await begun.ready;
    return null;
  } catch (error) {
    begun?.kill();
    return error instanceof Error ? error : new Error(String(error));
  }
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) renameSync(path, `${path}.1`);
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  return openOwnFile(path, O_WRONLY | O_APPEND | O_CREAT, 0o600);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notStarted(reason: string, { logPath }: GuardianOptions, cause: unknown): SetpointError {
  const message = `the guardian, which takes the change back should this command die, did not start: ${reason}`;
  const help = `Look at ${logPath}. \`setpoint apply --no-guardian\` goes without: a run that is killed then waits for the next command.`;
  return new SetpointError(EXIT.failed, [{ code: 'SP4230', severity: 'error', message, help }], {
    cause,
  });
}
