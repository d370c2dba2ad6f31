import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { EXIT } from '../../model/outcome.ts';
import { damaged } from './serialise.ts';
import { errnoOf } from '../state-error.ts';

interface Repository {
  readonly gitDir: string;
  /** The branch that its HEAD names when it is made. */
  readonly ref: string;
}

/** What git takes for a HEAD (setup.c, validate_headref): the name of a reference, or a commit. */
const SOUND = /^(?:ref:\s*refs\/|[0-9a-f]{40})/;

/**
 * Whether there is a repository. It is made whole and named last: a directory with something in it, but without a HEAD, has lost
 * it. Git denies such a directory, and taking it for an empty record would forget every owner: throws SP5011 (exit 1).
 */
export async function hasSoundHead({ gitDir, ref }: Repository): Promise<boolean> {
  const file = join(gitDir, 'HEAD');
  const text = await textOf(file);
  if (text !== null && SOUND.test(text)) return true;
  if (text === null && (await readdir(gitDir)).length === 0) return false;
  const problem = damaged(file, text === null ? 'it is missing' : 'it names no branch');
  // `git symbolic-ref` does not work on what is no repository for git.
  const repair = `echo 'ref: ${ref}' > ${quoteWord(file)}`;
  const help = `What is recorded is not lost by that. Write it anew: \`${repair}\`, then look: \`setpoint doctor\`.`;
  throw new SetpointError(EXIT.failed, [{ ...problem, help }]);
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
