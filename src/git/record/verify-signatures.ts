import { readFile, stat } from 'node:fs/promises';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { CommitId } from '../../model/brand.ts';
import type { GitCommand } from '../git-command.ts';
import { errnoOf } from '../state-error.ts';

/** Commits of a history by their signature; whether it is a good one says `badSignatures`. */
export interface SignatureCounts {
  readonly signed: number;
  readonly unsigned: number;
}

/** Counts what carries a signature: one process, however long the history. Errors: SP5002. */
export async function countSignatures(git: GitCommand, head: CommitId): Promise<SignatureCounts> {
  const { stdout } = await git(['rev-list', '--header', head]);
  const commits = stdout.toString('latin1').split('\0').slice(0, -1);
  // The headers end at the first empty line; a message may say what it likes.
  const signed = commits.filter((text) => /^gpgsig /m.test(text.slice(0, text.indexOf('\n\n'))));
  return { signed: signed.length, unsigned: commits.length - signed.length };
}

/** How many commits a message names. */
const NAMED = 5;

/**
 * Holds every signature against a file of allowed signers (an absolute path), as `git log --show-signature` does. Gives SP5096
 * for those that it does not accept, and for a file that cannot be used. Two processes of ssh-keygen a commit. Errors: SP5002.
 */
export async function badSignatures(
  git: GitCommand,
  head: CommitId,
  allowedSigners: string,
): Promise<readonly Diagnostic[]> {
  const unusable = await whyUnusable(allowedSigners);
  if (unusable !== null) return [notChecked(allowedSigners, unusable)];
  const { stdout } = await git(['log', '--format=%H %G?', head], {
    config: ['gpg.format=ssh', `gpg.ssh.allowedSignersFile=${allowedSigners}`],
  });
  const lines = stdout.toString('utf8').trimEnd().split('\n');
  // G: good, by somebody who is allowed; N: none.
  const bad = lines.flatMap((line) => (/ [GN]$/.test(line) ? [] : [line.slice(0, 12)]));
  if (bad.length === 0) return [];
  const more = bad.length > NAMED ? ', …' : '';
  const names = `${bad.slice(0, NAMED).join(', ')}${more}`;
  const what = bad.length === 1 ? '1 signature is' : `${String(bad.length)} signatures are`;
  const message = `${what} not accepted by ${allowedSigners}: ${names}`;
  const look = `git -c gpg.ssh.allowedSignersFile=${quoteWord(allowedSigners)} log --show-signature`;
  const help = `The commit was changed, its key is not allowed, or the file is not the right one: \`${look}\` in state.git tells which.`;
  return [{ code: 'SP5096', severity: 'error', message, help }];
}

/** Git tells none of these: no signature is good then. */
async function whyUnusable(file: string): Promise<string | null> {
  try {
    if (!(await stat(file)).isFile()) return 'it is no plain file';
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
    const names = lines.some((line) => line !== '' && !line.startsWith('#'));
    return names ? null : 'it names no signer';
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
  }
}

function notChecked(file: string, why: string): Diagnostic {
  const message = `signatures were not checked against ${file}: ${why}`;
  const help =
    'Put state.allowedSigners of setpoint.yaml right; its form: ssh-keygen(1), ALLOWED SIGNERS.';
  return { code: 'SP5096', severity: 'error', message, help };
}
