import { isAbsolute } from 'node:path';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { stateError } from '../state-error.ts';

/** The caller's environment variables that git may see: where it is, who asks, which configuration is trusted. */
const PASSED_ON = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SUDO_UID', 'TMPDIR'];
const FIXED_ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  // Paths mean themselves: `*` and `:(top)` are possible file names.
  GIT_LITERAL_PATHSPECS: '1',
  // A replacement ref could forge history, a partial clone could reach for the network.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
};

export interface WorkspaceGitOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git in the workspace; gives the exit code instead of throwing for it. */
export type WorkspaceGit = (...args: readonly string[]) => Promise<WorkspaceGitOutput>;

/** A working tree and an index that are not the user's. */
export interface WorkspaceGitPlace {
  readonly workTree: string;
  readonly index: string;
}

function placeVariables(place: WorkspaceGitPlace | undefined): Readonly<Record<string, string>> {
  return place === undefined ? {} : { GIT_WORK_TREE: place.workTree, GIT_INDEX_FILE: place.index };
}

/**
 * Git in `dir` through simple-git, read-only: no hook, no file system monitor, no inherited GIT_DIR or GIT_INDEX_FILE. The
 * state repository uses git-command.ts instead, because simple-git has no control over fsync, indexes and descriptors.
 *
 * simple-git 4 needs care (each found by trying): a failing command without output on stderr counts as success, so the exit
 * code is taken from the error plugin, one instance a call; output can be cut when it stops at `exit`, so only `close` counts;
 * every GIT_ variable and some settings must be allowed by name; standard input is never closed, so no command may read it.
 */
export function workspaceGit(
  dir: string,
  environment: Readonly<Record<string, string | undefined>>,
  apart?: WorkspaceGitPlace,
): WorkspaceGit {
  const fixed = { ...FIXED_ENVIRONMENT, ...placeVariables(apart) };
  return async (...args) => {
    const { simpleGit } = await import('simple-git');
    let exitCode = 0;
    let stderr = '';
    const git = simpleGit({
      baseDir: dir,
      config: ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.quotePath=false'],
      unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true },
      allowEnvironment: Object.keys(fixed),
      completion: { onClose: true, onExit: false },
      errors(error, result) {
        exitCode = result.exitCode;
        stderr = Buffer.concat(result.stdErr).toString('utf8');
        // Its own refusals and failed spawns have no exit code of git.
        return exitCode > 0 && exitCode < 256 ? undefined : error;
      },
    }).env({ ...passedOn(environment), ...fixed });
    const stdout = await git.raw([...args]).catch((error: unknown) => {
      throw notRunnable(error);
    });
    return { exitCode, stdout, stderr };
  };
}

/** The words of a git that failed, as SP5030 (repository of another user) or SP5031, both exit 6. */
export function workspaceGitFailed(output: WorkspaceGitOutput, dir: string) {
  const words = output.stderr.trim();
  if (/dubious ownership/.test(words)) {
    const repository = /repository at '(.+)'/.exec(words)?.[1] ?? dir;
    return stateError('SP5030', {
      message: `git refuses to read the workspace: the repository ${repository} belongs to another user`,
      help: `If you trust it: git config --global --add safe.directory ${quoteWord(repository)}`,
      exitCode: 6,
    });
  }
  return stateError('SP5031', {
    message: `git failed on the workspace ${dir}: ${words.split('\n').at(-1) ?? `exit ${output.exitCode}`}`,
    help: 'Run `git status` there; what stops it stops setpoint too.',
    detail: words,
    exitCode: 6,
  });
}

/** The directory that `rev-parse --show-toplevel` told. Throws SP5031 for anything else: what is called git is none. */
export function toldDirectory(output: WorkspaceGitOutput, dir: string): string {
  const told = output.stdout.replace(/\n$/, '');
  if (isAbsolute(told)) return told;
  throw stateError('SP5031', {
    message: `git gave no answer about the workspace ${dir}: it exited 0 and printed ${told === '' ? 'nothing' : JSON.stringify(told)}`,
    help: 'The git that is found on PATH is not git (`command -v git`, `git --version`): put the directory of a real one first.',
    exitCode: 6,
  });
}

function passedOn(environment: Readonly<Record<string, string | undefined>>) {
  const passed: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = environment[name];
    if (value !== undefined) passed[name] = value;
  }
  return passed;
}

function notRunnable(error: unknown) {
  const why = error instanceof Error ? error.message : String(error);
  return /ENOENT/.test(why)
    ? stateError('SP5001', {
        message: 'git was not found',
        help: 'Install git, or put its directory on PATH.',
        cause: error,
      })
    : stateError('SP5031', {
        message: `git could not be run on the workspace: ${why}`,
        help: 'Run `git status` there; what stops it stops setpoint too.',
        exitCode: 6,
        cause: error,
      });
}
