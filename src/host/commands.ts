import { statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { collectOutput } from './bounded-output.ts';
import { errorCode, errorWords } from './file-errors.ts';
import type { CommandOptions, CommandResult, Commands } from './ports.ts';
import { endProcessGroup } from './process-group.ts';

/** Milliseconds that output may still arrive after the program ended: a daemon it left behind may keep the pipe open. */
const DRAIN = 250;
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs programs without a shell, each in a process group of its own, with a small clean environment (PATH, HOME, USER,
 * LANG=C.UTF-8, then what the caller gives). No descriptor but 0–2 reaches them: they never hold our locks.
 */
export function hostCommands(env: Environment): Commands {
  const base = cleanEnvironment(env);
  return {
    async run(argv, options) {
      try {
        return await run(argv, options, base);
      } catch (error) {
        return notStarted(errorWords(error));
      }
    },
  };
}

/** The environment of every command before the caller's additions. */
export function cleanEnvironment(env: Environment): Readonly<Record<string, string>> {
  return {
    PATH: env['PATH'] === undefined || env['PATH'] === '' ? DEFAULT_PATH : env['PATH'],
    HOME: env['HOME'] ?? homedir(),
    USER: env['USER'] ?? userName(),
    LANG: 'C.UTF-8',
  };
}

async function run(
  argv: readonly string[],
  options: CommandOptions,
  base: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const [program, ...args] = argv;
  if (program === undefined || program === '') return notStarted('the command is empty');
  if (options.signal?.aborted === true) return notStarted('it was interrupted before it started');
  const place = statSync(options.cwd, { throwIfNoEntry: false });
  if (place?.isDirectory() !== true) {
    return notStarted(`its working directory ${options.cwd} is missing`);
  }
  const { execa } = await import('execa');
  const child = execa(program, args, {
    cwd: options.cwd,
    env: { ...base, ...options.env },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  const stdout = collectOutput(child.stdout);
  const stderr = collectOutput(child.stderr);
  const group = child.pid;
  if (group === undefined) {
    const result = await child;
    return notStarted(startFailure(program, result.cause ?? result));
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const unjournalled = announce(group, options);
  if (unjournalled !== null) {
    await endProcessGroup(group);
    return notStarted(unjournalled);
  }
  const ended = await endedOrStopped(exited, group, options);
  await within(DRAIN, child);
  child.stdout.destroy();
  child.stderr.destroy();
  return { ...ended, stdout: stdout(), stderr: stderr(), spawnError: null };
}

interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Waits for the program's own end; on timeout or abort ends its whole group first. */
async function endedOrStopped(
  exited: Promise<Exit>,
  group: number,
  { timeout, signal }: CommandOptions,
): Promise<Exit & { readonly timedOut: boolean }> {
  const first = await firstOf(exited, timeout, signal);
  if (first !== 'timeout' && first !== 'abort') return { ...first, timedOut: false };
  await endProcessGroup(group);
  const exit = await within(DRAIN, exited);
  return { ...(exit ?? { exitCode: null, signal: 'SIGKILL' }), timedOut: first === 'timeout' };
}

/** Tells the caller the group's id. What cannot be journalled must not run: gives the reason when the caller throws. */
function announce(group: number, { onStart }: CommandOptions): string | null {
  try {
    onStart?.(group);
    return null;
  } catch (error) {
    return `it was ended at once because its start could not be noted: ${errorWords(error)}`;
  }
}

/** The promise's value, or `undefined` after `ms`; leaves no timer behind. */
async function within<T>(ms: number, promise: PromiseLike<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function firstOf(
  exited: Promise<Exit>,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Exit | 'timeout' | 'abort'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle('timeout'), timeout);
    const abort = (): void => settle('abort');
    const settle = (value: Exit | 'timeout' | 'abort'): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(value);
    };
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
    void exited.then(settle);
  });
}

function startFailure(program: string, error: unknown): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: `${program} was not found, or the interpreter in its first line was not`,
    // execvp(3) also says EACCES when it may not search a directory of PATH and finds the program in no other.
    EACCES: `${program} ${program.includes('/') ? '' : 'was not found in PATH or '}is not executable by this user`,
    E2BIG: 'its arguments are too long',
  };
  return words[errorCode(error) ?? ''] ?? `${program}: ${errorWords(error)}`;
}

function notStarted(reason: string): CommandResult {
  const nothing = { exitCode: null, signal: null, stdout: '', stderr: '', timedOut: false };
  return { ...nothing, spawnError: reason };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in passwd(5), as in containers.
    return String(process.getuid?.() ?? '');
  }
}
