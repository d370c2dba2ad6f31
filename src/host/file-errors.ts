import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { quoteWord } from '../diagnostics/shell-words.ts';
import { immutablePlace } from './immutable-place.ts';
import { thisUser } from './this-process.ts';

type Known = { readonly code: Diagnostic['code']; readonly words: string; readonly help: string };

const FULL_HELP =
  'Free space or inodes on its file system (`df -h`, `df -i`), then run the command again.';
const DENIED_HELP =
  "Run as root or as the file's owner; root is refused where an attribute forbids it, which `lsattr -d` shows.";

/** For what lies in the state directory. */
export const STATE_DENIED_HELP =
  'Run setpoint as the user that owns the state directory (root on a real host).';

const KNOWN: Readonly<Record<string, Known>> = {
  ENOSPC: { code: 'SP6010', words: 'no space left on its file system', help: FULL_HELP },
  EROFS: {
    code: 'SP6011',
    words: 'its file system is read-only',
    help: 'Remount it writable; `dmesg` tells if an error made it read-only.',
  },
  EACCES: { code: 'SP6012', words: 'permission denied', help: DENIED_HELP },
  EPERM: { code: 'SP6012', words: 'operation not permitted', help: DENIED_HELP },
  EDQUOT: {
    code: 'SP6013',
    words: 'the disk quota is used up',
    help: 'Free space or raise the quota (`quota -v`), then run the command again.',
  },
  EIO: {
    code: 'SP6014',
    words: 'the storage reported an input/output error',
    help: 'Look at `dmesg` and repair the storage before anything else; then run `setpoint recover`.',
  },
  EMFILE: {
    code: 'SP6017',
    words: 'too many open files in this process',
    help: 'Raise the limit where setpoint is started: `ulimit -n 1024` (in a systemd unit: LimitNOFILE=1024).',
  },
  ENFILE: {
    code: 'SP6017',
    words: 'too many open files on this machine',
    help: 'Look at `cat /proc/sys/fs/file-nr`, and at who has so many files open.',
  },
  EBUSY: {
    code: 'SP6015',
    words: 'it is in use as a mount point',
    help: 'A bind-mounted file cannot be replaced: change the file that is mounted there.',
  },
};

/** The `code` of a system error (`ENOENT`), or `undefined` for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The path of a system error, or `undefined`. */
export function errorPath(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('path' in error)) return undefined;
  return typeof error.path === 'string' ? error.path : undefined;
}

/** The operating system's words for a system error (`no such file or directory`). */
export function errorWords(error: unknown): string {
  const code = errorCode(error);
  for (const [name, words] of getSystemErrorMap().values()) if (name === code) return words;
  return error instanceof Error ? error.message : String(error);
}

/**
 * As `STATE_DENIED_HELP`, where a file is another user's although the directory around it is this user's: whoever ran setpoint here
 * as root left it.
 */
export function stateDeniedHelp(path: string): string {
  const me = thisUser();
  const owner = ownerOf(path);
  const directory = stateDirectoryOf(path);
  if (owner === null || owner === me || ownerOf(directory) !== me) return STATE_DENIED_HELP;
  const repair = `chown -R --reference=${quoteWord(directory)} ${quoteWord(directory)}`;
  return `It belongs to user ${owner}, who ran setpoint in the state directory of user ${me} and may still be at work (setpoint locks). Always run it as one user; to get the file back, as root: ${repair}`;
}

/** The nearest directory above with a run lock, or the one that `path` lies in. */
function stateDirectoryOf(path: string): string {
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    if (existsSync(join(above, 'lock'))) return above;
  }
  return dirname(path);
}

function ownerOf(path: string): number | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.uid ?? null;
  } catch {
    return null;
  }
}

/**
 * A failed file operation for people: `cannot <action> <path>: <reason>`, exit 1. `action` is a verb phrase such as
 * `write`. A SetpointError passes through, anything that is not a system error is a bug and passes through as well.
 */
export function fileError(error: unknown, action: string, path: string): Error {
  const code = errorCode(error);
  if (error instanceof SetpointError) return error;
  if (!(error instanceof Error) || code === undefined || !('syscall' in error || code in KNOWN)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const known = KNOWN[code];
  if (code === 'EPERM') {
    const immutable = immutablePlace([...pathsOf(error), path]);
    if (immutable !== null) return immutableError(error, action, path, immutable);
  }
  const diagnostic: Diagnostic = {
    code: known?.code ?? 'SP6015',
    severity: 'error',
    message: `cannot ${action} ${path}: ${known?.words ?? errorWords(error)}`,
    ...(known === undefined ? {} : { help: known.help }),
  };
  return new SetpointError(EXIT.failed, [diagnostic], { cause: error });
}

/** What was refused may lie deeper than what the caller was about. */
function pathsOf(error: Error): readonly string[] {
  const { path, dest } = error as NodeJS.ErrnoException & { readonly dest?: unknown };
  return [path, dest].filter((one): one is string => typeof one === 'string');
}

function immutableError(error: Error, action: string, path: string, name: string): SetpointError {
  const diagnostic: Diagnostic = {
    code: 'SP6061',
    severity: 'error',
    message: `cannot ${action} ${path}: ${name} is immutable`,
    help: immutableHelp(name, 'chattr -i'),
  };
  return new SetpointError(EXIT.failed, [diagnostic], { cause: error });
}

/** Commands to paste: a look at a file or directory that is immutable, and what takes that away. */
export function immutableHelp(name: string, chattr: 'chattr -i' | 'chattr -ia'): string {
  const word = quoteWord(name);
  return `\`lsattr -d ${word}\` shows it, \`${chattr} ${word}\` takes it away; setpoint never does`;
}

/** As {@link fileError}, for a file or directory of setpoint's own: who is refused there is the wrong user. */
export function stateFileError(error: unknown, action: string, path: string): Error {
  const failure = fileError(error, action, path);
  if (!(failure instanceof SetpointError)) return failure;
  const diagnostics = failure.diagnostics.map((one) =>
    one.code === 'SP6012' ? { ...one, help: stateDeniedHelp(path) } : one,
  );
  return new SetpointError(failure.exitCode, diagnostics, { cause: error });
}
