import type { ChildProcess } from 'node:child_process';
import { carryOn, collectAll, type Dialogue } from './git-streams.ts';
import { stateError } from './state-error.ts';

/** Older git silently ignores `core.fsync=all`: commits would not survive a power loss. */
const OLDEST_GIT = [2, 36] as const;
const DEFAULT_SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Bytes of output that one command may give: 10,000 managed files are about 50 MB. */
const MAX_OUTPUT = 2 ** 30;

const NOTHING = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };

const FIXED_CONFIG = [
  'core.hooksPath=/dev/null',
  'gc.auto=0',
  'maintenance.auto=false',
  'core.autocrlf=false',
  'core.fsync=all',
  'core.fsyncMethod=fsync',
  // A third file to each pack, and a third sync, that only makes large repositories faster.
  'pack.writeReverseIndex=false',
  'core.fsmonitor=false',
  // Tree names are encoded by us (tree-layout.ts) and never checked out here.
  'core.protectNTFS=false',
  'core.protectHFS=false',
  'core.quotePath=false',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

export interface GitOptions {
  readonly gitDir: string;
  /** Where git runs; must exist. */
  readonly cwd: string;
  /** `PATH` to find git in; default: the usual system directories. */
  readonly searchPath?: string | undefined;
  /** The held run lock: git inherits it, so that a killed applier's git never runs beside the next apply. */
  readonly lockFd?: number | undefined;
  /** Git runs as this user; only root can say so. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}

interface GitCall {
  readonly input?: Uint8Array | string;
  /** In place of `input`; the output is the dialogue's, too, and `stdout` is empty. */
  readonly dialogue?: Dialogue;
  readonly env?: Readonly<Record<string, string>>;
  /** Settings (`name=value`) that win over the fixed ones. */
  readonly config?: readonly string[];
  /** Exit codes that are answers, not errors; default only 0. */
  readonly accept?: readonly number[];
}

interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git on one repository with a fixed environment. */
export type GitCommand = (args: readonly string[], call?: GitCall) => Promise<GitOutput>;

/**
 * Binds git to `options.gitDir`. Nothing of the caller's environment or configuration reaches it. The first call checks the
 * version. Throws SP5001 (git missing or too old) and SP5002 (git failed; its words in `detail`).
 */
export function gitCommand(options: GitOptions): GitCommand {
  return async (args, call = {}) => {
    await checkedOnce(options);
    const config = (call.config ?? []).flatMap((setting) => ['-c', setting]);
    const output = await spawnGit(
      options,
      [...FIXED_CONFIG, ...config, `--git-dir=${options.gitDir}`, ...args],
      call,
    );
    if (!(call.accept ?? [0]).includes(output.exitCode)) throw gitFailed(args, output);
    return output;
  };
}

/** By search path: the git of a process does not change its version. A failed check is made again. */
const checked = new Map<string, Promise<void>>();

async function checkedOnce(options: GitOptions): Promise<void> {
  const path = options.searchPath ?? DEFAULT_SEARCH_PATH;
  const check = checked.get(path) ?? checkVersion(options);
  checked.set(path, check);
  try {
    await check;
  } catch (error) {
    checked.delete(path);
    throw error;
  }
}

async function checkVersion(options: GitOptions): Promise<void> {
  const { stdout } = await spawnGit(options, ['version'], {});
  const found = stdout.toString('utf8').trim();
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(found) ?? [];
  const older =
    Number(major) < OLDEST_GIT[0] ||
    (Number(major) === OLDEST_GIT[0] && Number(minor) < OLDEST_GIT[1]);
  if (older) {
    throw stateError('SP5001', {
      message: `${found === '' ? 'git tells no version' : `git is too old: "${found}"`}, ${OLDEST_GIT.join('.')} or newer is needed`,
      help: 'Install a newer git; older ones cannot write commits that survive a power loss.',
    });
  }
}

async function spawnGit(
  options: GitOptions,
  args: readonly string[],
  call: GitCall,
): Promise<GitOutput> {
  const { execa } = await import('execa');
  const child = execa('git', args, {
    cwd: options.cwd,
    env: { ...fixedEnvironment(options), ...call.env },
    extendEnv: false,
    ...options.owner,
    // Node passes any descriptor on; execa's types only know the first three.
    stdio: ['pipe', 'pipe', 'pipe', (options.lockFd ?? 'ignore') as 1 | 'ignore'] as const,
    encoding: 'buffer',
    // Execa's own collecting costs half of what a git process does.
    buffer: false,
    reject: false,
    // A process group of its own: Ctrl-C must not end git in the middle of a commit.
    detached: true,
  });
  const words = childStreams(child, call);
  const result = await child;
  if (result.exitCode === undefined) throw notFinished(result);
  const { stdout, stderr } = words();
  return { exitCode: result.exitCode, stdout, stderr: stderr.toString('utf8') };
}

/** Input and output of a git that was started, or that could not be: then there are none. */
function childStreams(
  child: Pick<ChildProcess, 'stdin' | 'stdout' | 'stderr' | 'kill'>,
  { dialogue, input = '' }: GitCall,
): () => { readonly stdout: Buffer; readonly stderr: Buffer } {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) return () => NOTHING;
  // A git that ends before it has read everything says why on its own.
  stdin.on('error', () => undefined);
  const stop = (): void => void child.kill();
  const told = collectAll(stderr, MAX_OUTPUT, stop);
  if (dialogue === undefined) {
    const given = collectAll(stdout, MAX_OUTPUT, stop);
    stdin.end(input);
    return () => ({ stdout: given(), stderr: told() });
  }
  carryOn(dialogue, stdin, stdout);
  return () => ({ ...NOTHING, stderr: told() });
}

function fixedEnvironment(options: GitOptions): Record<string, string> {
  return {
    PATH: options.searchPath ?? DEFAULT_SEARCH_PATH,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Git 3 changes both defaults; ids and lock files are those of sha1 and the files backend.
    GIT_DEFAULT_HASH: 'sha1',
    GIT_DEFAULT_REF_FORMAT: 'files',
  };
}

function notFinished(result: {
  readonly code?: string | undefined;
  readonly signal?: string | undefined;
  readonly shortMessage?: string | undefined;
}) {
  if (result.code === 'ENOENT') {
    return stateError('SP5001', {
      message: 'git was not found',
      help: `Install git ${OLDEST_GIT.join('.')} or newer, or put its directory on PATH.`,
    });
  }
  const why =
    result.signal === undefined
      ? (result.shortMessage ?? 'unknown reason')
      : `ended by ${result.signal}`;
  return stateError('SP5002', {
    message: `git did not finish: ${why}`,
    help: 'Run the command again; `setpoint doctor` checks the state repository.',
  });
}

function gitFailed(args: readonly string[], output: GitOutput) {
  const words = output.stderr.trim();
  const last = words.split('\n').at(-1) ?? '';
  return stateError('SP5002', {
    message: `git ${args[0] ?? ''} failed (exit ${output.exitCode})${last === '' ? '' : `: ${last}`}`,
    help: /No space left/.test(words)
      ? 'Free some space on the file system of the state directory, then run the command again.'
      : 'Run `setpoint doctor`; it checks the state repository.',
    ...(words.includes('\n') ? { detail: words } : {}),
  });
}
