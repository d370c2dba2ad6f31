import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { resolvePath } from './resolve-path.ts';

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
  const path = root === '/' && uid !== 0 ? personal(env) : '/var/lib/setpoint';
  const resolved = resolvePath(root, path);
  const { found } = resolved;
  if (found.kind === 'absent' || found.kind === 'entry') return resolved.realPath;
  throw noPlace(found.reason);
}

function personal(env: Readonly<Record<string, string | undefined>>): string {
  const state = env['XDG_STATE_HOME'];
  if (state !== undefined && isAbsolute(state)) return join(state, 'setpoint');
  const home = env['HOME'] === undefined || env['HOME'] === '' ? homedir() : env['HOME'];
  if (!isAbsolute(home)) throw noPlace('the home directory is unknown');
  return join(home, '.local/state/setpoint');
}

function noPlace(reason: string): SetpointError {
  const help = 'Set XDG_STATE_HOME or HOME to an absolute path, or run setpoint as root.';
  const message = `the state directory cannot be placed: ${reason}`;
  return new SetpointError(EXIT.usage, [{ code: 'SP6003', severity: 'error', message, help }]);
}
