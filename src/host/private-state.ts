import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { quoteWord } from '../diagnostics/shell-words.ts';
import type { HostPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { formatMode } from '../model/file-mode.ts';
import { whoMaySwap, type Writer } from './judge-place.ts';
import { openPlaceReader } from './place-facts.ts';
import type { Host } from './ports.ts';
import { resolvePath } from './resolve-path.ts';
import { HOST_STATE } from './state-directory.ts';

type StateOfHost = Pick<Host, 'root' | 'stateDir' | 'newOwner'>;

/** What decides what a recovery does. `state.git` is looked at where git is about to run in it (SP5003). */
const DIRECTORIES = ['journal', 'runs', 'backups', 'recovery'];
const FILES = ['lock', 'locks', 'audit.jsonl', 'guardian.log'];

/** Bits by which others write to something. */
const OTHERS_WRITE = 0o022;
const PRIVATE = 0o700;

/**
 * Refuses a state directory in which others could replace journals: what a recovery, perhaps as root, carries out. One that others
 * may only look into is closed to them (its mode is 0700). What another user owns is left to SP6021 and SP6022. Errors: SP6023, exit 1.
 */
export function requirePrivateState(host: StateOfHost): void {
  const problems = stateProblems(host);
  if (problems.length > 0) throw new SetpointError(EXIT.failed, problems);
  closeToOthers(host);
}

/** Why others could change what is in the state directory, everything at once. Changes nothing. Empty: they cannot. */
export function stateProblems({ root, stateDir, newOwner }: StateOfHost): readonly Diagnostic[] {
  const isUsual = resolvePath(root.dir, HOST_STATE).realPath === stateDir;
  const declared = isUsual ? (HOST_STATE as HostPath) : root.toHost(stateDir);
  const { way } = openPlaceReader({ root: root.dir, native: null }).read(declared, stateDir);
  const above = way.flatMap((directory) => {
    const reason = whoMaySwap(directory, newOwner);
    return reason === null ? [] : [problem(directory.path, reason.words, reason.repair)];
  });
  const own = statSync(stateDir, { throwIfNoEntry: false });
  if (own === undefined || isAnothers(own.uid, newOwner)) return above;
  const trusted = new Set([0, own.uid, newOwner.uid]);
  const wide = isWide(own.mode) ? [tooWide(stateDir, own.mode, '0700')] : [];
  return [...above, ...wide, ...entriesOf(stateDir).flatMap((path) => entry(path, trusted))];
}

/** Another user than root is refused there by the lock (SP6021), with words of its own. */
function isAnothers(owner: number, { uid }: Writer): boolean {
  return uid !== 0 && owner !== uid;
}

/** The journals by name: whoever could once write to their directory may have left one. */
function entriesOf(stateDir: string): readonly string[] {
  const own = [...DIRECTORIES, ...FILES].map((name) => join(stateDir, name));
  const journals = join(stateDir, 'journal');
  return [...own, ...namesIn(journals).map((name) => join(journals, name))];
}

function entry(path: string, trusted: ReadonlySet<number>): readonly Diagnostic[] {
  const named = lstatSync(path, { throwIfNoEntry: false });
  if (named === undefined) return [];
  const found = statSync(path, { throwIfNoEntry: false }) ?? named;
  const stranger = [named, found].find(({ uid }) => !trusted.has(uid));
  if (stranger !== undefined) {
    const repair = `chown -R --reference=${quoteWord(dirname(path))}`;
    return [problem(path, `belongs to user ${String(stranger.uid)}`, repair)];
  }
  if (found.isSymbolicLink() || !isWide(found.mode)) return [];
  return [tooWide(path, found.mode, found.isDirectory() ? '0700' : '0600')];
}

function isWide(mode: number): boolean {
  return (mode & OTHERS_WRITE) !== 0;
}

function tooWide(path: string, mode: number, right: string): Diagnostic {
  const who = (mode & 0o002) === 0 ? 'its group' : 'everybody';
  return problem(
    path,
    `is writable by ${who} (mode ${formatMode(mode & 0o7777)})`,
    `chmod ${right}`,
  );
}

function problem(path: string, words: string, repair: string): Diagnostic {
  return {
    code: 'SP6023',
    severity: 'error',
    message: `others could change what setpoint recorded and recovers: ${path} ${words}`,
    help: `find out who changed what is there (ls -la), then: \`${repair} ${quoteWord(path)}\``,
  };
}

function closeToOthers({ stateDir, newOwner }: StateOfHost): void {
  const own = statSync(stateDir, { throwIfNoEntry: false });
  if (own === undefined || own.uid !== newOwner.uid || (own.mode & 0o077) === 0) return;
  try {
    chmodSync(stateDir, PRIVATE);
  } catch {
    // A read-only mount: the first write says so.
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Whoever reads journals says what is wrong with them.
    return [];
  }
}
