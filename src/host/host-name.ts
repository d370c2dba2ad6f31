import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HostName } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { errorWords } from './file-errors.ts';
import type { Root } from './ports.ts';
import { joinRoot, resolvePath } from './resolve-path.ts';

const CONFIGURED = '/etc/setpoint/host';

export interface HostNameSources {
  /** `--host`. */
  readonly flag: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: Pick<Root, 'dir'>;
}

/**
 * The name that selects plan files and names the recorded state's branch. `--host` > SETPOINT_HOST (empty counts as not
 * set) > `<root>/etc/setpoint/host` > hostname (under `--root`: its etc/hostname). Errors: SetpointError SP6002, exit 64.
 */
export async function resolveHostName(sources: HostNameSources): Promise<HostName> {
  const { flag, env, root } = sources;
  if (flag !== undefined) return validHostName(flag, '--host', root.dir);
  const variable = env['SETPOINT_HOST'];
  if (variable !== undefined && variable !== '')
    return validHostName(variable, 'SETPOINT_HOST', root.dir);
  const configured = firstLine(root, CONFIGURED);
  if (configured !== null)
    return validHostName(configured, joinRoot(root.dir, CONFIGURED), root.dir);
  if (root.dir === '/') return validHostName(hostname(), 'the hostname of this machine');
  const inside = firstLine(root, '/etc/hostname');
  if (inside !== null) return validHostName(inside, `${root.dir}/etc/hostname`, root.dir);
  throw hostNameError(
    `the root ${root.dir} has no etc/setpoint/host and no etc/hostname`,
    root.dir,
  );
}

/** Checks a host name; `origin` says where it came from. Errors: SetpointError SP6002, exit 64. */
export function validHostName(name: string, origin: string, root = '/'): HostName {
  const problem = problemOf(name);
  if (problem === null) return name as HostName;
  throw hostNameError(
    `${origin} gives ${JSON.stringify(name)}, which is no host name: ${problem}`,
    root,
  );
}

function problemOf(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name.length > 253) return `it has ${name.length} characters, the limit is 253`;
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'only letters, digits, ".", "_" and "-" are allowed';
  if (/^[.-]/.test(name)) return 'it begins with a dot or a dash';
  return name.includes('..') ? 'it contains ".."' : null;
}

/** First line that is neither empty nor a comment (hostname(5)); `null` when there is no file. */
function firstLine(root: Pick<Root, 'dir'>, path: string): string | null {
  const resolved = resolvePath(root.dir, path);
  if (resolved.found.kind === 'absent') return null;
  if (resolved.found.kind !== 'entry') throw hostNameError(resolved.found.reason, root.dir);
  try {
    const lines = readFileSync(resolved.realPath, 'utf8').split('\n');
    return (
      lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#')) ?? ''
    );
  } catch (error) {
    throw hostNameError(`${resolved.realPath} cannot be read: ${errorWords(error)}`, root.dir);
  }
}

function hostNameError(message: string, root: string): SetpointError {
  const file = joinRoot(root, CONFIGURED);
  const help = `Give --host NAME, set SETPOINT_HOST, or write the name to ${file}.`;
  return new SetpointError(EXIT.usage, [{ code: 'SP6002', severity: 'error', message, help }]);
}
