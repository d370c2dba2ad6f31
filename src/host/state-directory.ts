import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { makeDirectoryDurably } from './make-directory.ts';
import { joinRoot, resolvePath } from './resolve-path.ts';

/** Where state is kept inside a root, and on a machine for its root. */
export const HOST_STATE = '/var/lib/setpoint';

/**
 * `<root>/var/lib/setpoint`, symlinks followed inside the root; for a user other than root on `/`:
 * `$XDG_STATE_HOME/setpoint` (a relative value is ignored, as the XDG Base Directory Specification says), default
 * `~/.local/state/setpoint`. Creates nothing. Errors: SetpointError SP6003, exit 64.
 */
export function stateDirectory(
  root: RealPath,
  env: Readonly<Record<string, string | undefined>>,
  uid: number,
): RealPath {
  const isPersonal = root === '/' && uid !== 0;
  const path = isPersonal ? personal(env) : HOST_STATE;
  const resolved = resolvePath(root, path);
  const { found } = resolved;
  if (found.kind === 'absent' || found.kind === 'entry') return resolved.realPath;
  if (isPersonal) throw noPlace(found.reason, PERSONAL_HELP);
  const place = joinRoot(root, path);
  const help =
    found.kind === 'not-readable'
      ? `Run setpoint as root, or let this user search the directories above ${place} (ls -ld).`
      : found.kind === 'no-place'
        ? `Make a directory of what stands on the way to ${place}.`
        : `Repair the symbolic link on the way to ${place}.`;
  throw noPlace(`${found.reason}${root === '/' ? '' : ` (under ${root})`}`, help);
}

/**
 * Makes the state directory (0700) when it is missing, durably. Parents that are missing are ordinary directories (0755): they
 * belong to the host, not to setpoint. Errors: SetpointError SP601x, exit 1.
 */
export async function makeStateDirectory(stateDir: string): Promise<void> {
  await makeDirectoryDurably(stateDir, 0o700, 0o755);
}

const PERSONAL_HELP = 'Set XDG_STATE_HOME or HOME to an absolute path, or run setpoint as root.';

function personal(env: Readonly<Record<string, string | undefined>>): string {
  const state = env['XDG_STATE_HOME'];
  if (state !== undefined && isAbsolute(state)) return join(state, 'setpoint');
  const home = env['HOME'] === undefined || env['HOME'] === '' ? homedir() : env['HOME'];
  if (!isAbsolute(home)) throw noPlace('the home directory is unknown', PERSONAL_HELP);
  return join(home, '.local/state/setpoint');
}

function noPlace(reason: string, help: string): SetpointError {
  const message = `the state directory cannot be placed: ${reason}`;
  return new SetpointError(EXIT.usage, [{ code: 'SP6003', severity: 'error', message, help }]);
}
