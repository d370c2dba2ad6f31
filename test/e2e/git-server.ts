import { execFile } from 'node:child_process';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GitPlace } from '../scenario/rig/fleet.ts';

/** Bare repositories behind a real server on loopback. */
export interface GitServer extends GitPlace {
  /** Of `state.git`. */
  readonly url: string;
  /** Runs git in `state.git`; gives what it prints, trimmed. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly down: () => Promise<void>;
  /** On the same port again. */
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ServedRepository {
  readonly dir: string;
  readonly git: GitServer['git'];
}

/** The repository `state.git` in a directory of its own. */
export async function servedRepository(): Promise<ServedRepository> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'setpoint-remote-')));
  const repository = join(dir, 'state.git');
  const git = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)('git', ['--git-dir', repository, ...args]);
    return stdout.trim();
  };
  await git('init', '--quiet', '--bare', '--initial-branch=main');
  await git('config', 'http.receivepack', 'true');
  return { dir, git };
}

/** Whether a component is there. Where CI is set its absence is an error, else these tests are skipped with one line. */
export function isInstalled(there: boolean, what: string, debianPackage: string): boolean {
  if (there) return true;
  if (process.env.CI === 'true')
    throw new Error(`${what} is not installed: apt-get install ${debianPackage}`);
  console.log(
    `end-to-end tests skipped: ${what} is not installed (apt-get install ${debianPackage})`,
  );
  return false;
}
