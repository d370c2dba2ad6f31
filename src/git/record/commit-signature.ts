import { access } from 'node:fs/promises';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { Commands } from '../../host/ports.ts';
import type { Millis } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { errnoOf } from '../state-error.ts';

/** Signing is a matter of milliseconds, unless a key waits to be touched. */
const LIMIT = 5000 as Millis;

/**
 * Gives the armoured signature of a commit's text as git makes it (gpg.format=ssh, namespace `git`). Nobody is asked. Throws
 * SP5095 (exit 7) when it cannot be made.
 */
export type CommitSigner = (keyFile: string, payload: string) => Promise<string>;

/** Signs with ssh-keygen: with the key in an ssh-agent where one has it, else with the file. */
export function sshSigner(
  commands: Commands,
  env: Readonly<Record<string, string | undefined>>,
): CommitSigner {
  const agent = env['SSH_AUTH_SOCK'];
  return async (keyFile, payload) => {
    const argv = ['ssh-keygen', '-Y', 'sign', '-n', 'git', '-f', keyFile];
    const { exitCode, stdout, stderr, timedOut, spawnError } = await commands.run(argv, {
      cwd: '/',
      timeout: LIMIT,
      input: payload,
      env: {
        SSH_ASKPASS_REQUIRE: 'never',
        LC_ALL: 'C',
        ...(agent === undefined ? {} : { SSH_AUTH_SOCK: agent }),
      },
    });
    const armoured = stdout.trim();
    if (exitCode === 0 && !timedOut && armoured.startsWith('-----BEGIN SSH SIGNATURE-----')) {
      return armoured;
    }
    const told = timedOut
      ? 'no signature within 5 seconds'
      : (spawnError ?? (await toldBy(stderr, keyFile)));
    throw cannotSign(keyFile, told === '' ? `ssh-keygen exited ${String(exitCode)}` : told);
  };
}

/** The line of ssh-keygen that has the cause: most often the last one. */
async function toldBy(stderr: string, keyFile: string): Promise<string> {
  const lines = stderr.trim().split('\n');
  const open = lines.find((line) => /^Permissions \d+ for /.test(line));
  if (open !== undefined) return open;
  const last = lines.at(-1)?.replace(/^Enter passphrase: /, '') ?? '';
  // It is said of the public key beside a file that is no private key, too.
  if (!last.endsWith('No such file or directory')) return last;
  return (await isThere(keyFile)) ? 'it is no private key' : 'there is no such file';
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ENOENT';
  }
}

function cannotSign(keyFile: string, why: string): SetpointError {
  return new SetpointError(EXIT.refused, [
    {
      code: 'SP5095',
      severity: 'error',
      message: `commits of the recorded state cannot be signed with ${keyFile}: ${why}`,
      help: `state.signingKey of setpoint.yaml has to be a private key that may be used without a question; a key with a passphrase has to be in an ssh-agent. Try it: echo | ssh-keygen -Y sign -n git -f ${quoteWord(keyFile)}`,
    },
  ]);
}
