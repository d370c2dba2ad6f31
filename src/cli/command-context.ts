import { statSync } from 'node:fs';

import type { OpenSessionOptions } from '../operations/open-session.ts';
import type { Session, UnnamedSession } from '../operations/session.ts';
import { actorFrom } from './actor.ts';
import { reasonFor } from './file-error.ts';
import type { GlobalFlags } from './global-flags.ts';
import { openLog } from './log.ts';
import type { Log } from './log.ts';
import type { OutputFormat } from './output-format.ts';
import { repeatedFlags } from './repeated-flags.ts';
import { colorAllowed } from './style.ts';
import { usageError } from './usage-error.ts';
import type { ViewOptions } from './views/view-options.ts';
import { absolutePath, leaveDeletedDirectory, workingDirectory } from './working-directory.ts';

/** What a command works with, made from the global flags. */
export interface CommandContext {
  readonly format: OutputFormat;
  readonly log: Log;
  /** For text on stdout. */
  readonly view: ViewOptions;
  /** For text on stderr, which may be a terminal when stdout is not. */
  readonly talk: ViewOptions;
  readonly toolVersion: string;
  /** Global flags as a person would repeat them in the next command. */
  readonly repeatedFlags: readonly string[];
  /** Opens the session at the first call; commands that need no host never do. */
  session(): Promise<Session>;
  /** For commands about no host or several: this machine need not have a name. */
  unnamedSession(): Promise<UnnamedSession>;
}

/** The context of one command. Throws usage errors for a missing `-C` directory or an unusable log file. */
export function openCommandContext(
  flags: GlobalFlags,
  format: OutputFormat,
  toolVersion: string,
): CommandContext {
  const options = sessionOptions(flags);
  let session: Promise<Session> | null = null;
  return {
    format,
    log: openLog(flags['log-level'], flags['log-file']),
    view: viewOptions(process.stdout, flags),
    talk: viewOptions(process.stderr, flags),
    toolVersion,
    repeatedFlags: repeatedFlags(flags),
    session() {
      leaveDeletedDirectory();
      session ??= import('../operations/open-session.ts').then((m) => m.openSession(options));
      return session;
    },
    async unnamedSession() {
      leaveDeletedDirectory();
      const { openUnnamedSession } = await import('../operations/open-session.ts');
      return openUnnamedSession(options);
    },
  };
}

function sessionOptions(flags: GlobalFlags): OpenSessionOptions {
  return {
    ...(flags.root === undefined ? {} : { root: absolutePath('--root', flags.root) }),
    ...(flags.host === undefined ? {} : { host: flags.host }),
    cwd: workspaceDirectory(flags.chdir),
    env: process.env,
    actor: actorFrom(process.env),
    lockTimeout: flags['lock-timeout'],
  };
}

function workspaceDirectory(chdir: string | undefined): string | null {
  if (chdir === undefined) return workingDirectory();
  const dir = absolutePath('-C', chdir);
  try {
    if (!statSync(dir).isDirectory()) throw usageError('SP9010', `-C ${chdir}: not a directory`);
  } catch (error) {
    if (!(error instanceof Error && 'errno' in error)) throw error;
    throw usageError('SP9010', `-C ${chdir}: ${reasonFor(error as NodeJS.ErrnoException)}`);
  }
  return dir;
}

function viewOptions(stream: NodeJS.WriteStream, flags: GlobalFlags): ViewOptions {
  const { isTTY, columns } = stream;
  return {
    color: colorAllowed({ isTTY, env: process.env, noColor: flags['no-color'] }),
    // A terminal that does not know its width (0 columns on some serial lines) is not cut for either.
    width: isTTY && columns >= 20 ? columns : Number.POSITIVE_INFINITY,
    verbose: false,
    repeatedFlags: repeatedFlags(flags),
  };
}
