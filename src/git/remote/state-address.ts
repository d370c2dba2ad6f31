import { realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import type { HostName } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RecordOrigin } from '../record/record-origin.ts';
import { stateError } from '../state-error.ts';

/** Branches of hosts lie below this name unless `state.branch` says otherwise. */
const FOLDER = 'setpoint';

/** Where a host's recorded state is pushed, and the references that remember what is there. */
export interface StateAddress extends RecordOrigin {
  readonly url: string;
  /** The remote's commit when it last was a part of the record here. */
  readonly pushedRef: string;
  /** The remote's commit that the last push could not build upon. */
  readonly metRef: string;
}

/**
 * What `state.remote` and `state.branch` mean for a host. Throws SP5081 (exit 65) for an address that git cannot take or that
 * lies inside the state directory. Touches nothing.
 */
export function stateAddress(
  settings: { readonly remote: string; readonly branch: string | null },
  host: HostName,
  stateDir: string,
): StateAddress {
  const { remote } = settings;
  if (!isAbsolute(remote) && !remote.includes(':')) {
    throw unusable(remote, 'it is neither the address of a git remote nor an absolute path');
  }
  // A plan may be of an unmerged pull request, and must start nothing that it names.
  if (/^[A-Za-z0-9]+::/.test(remote)) {
    throw unusable(remote, 'it names a program of git (a remote helper)');
  }
  const local = localPath(remote);
  if (local !== null && (local === stateDir || local.startsWith(`${stateDir}/`))) {
    throw unusable(remote, 'it lies inside the state directory, whose loss it is for');
  }
  const branch = `${settings.branch ?? FOLDER}/${host}`;
  // Another remote has none of it. A changed password is no other remote.
  const place = sha256(Buffer.from(withoutCredentials(remote), 'utf8')).slice(0, 12);
  return {
    url: remote,
    shown: withoutCredentials(remote),
    branch,
    pushedRef: `refs/remotes/state-${place}/${branch}`,
    metRef: `refs/remotes/met-${place}/${branch}`,
  };
}

function localPath(remote: string): string | null {
  if (!isAbsolute(remote) && !remote.startsWith('file:')) return null;
  const path = isAbsolute(remote) ? remote : pathIn(remote);
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** `file://other/path` is no path of this machine, and git has its own idea of it. */
function pathIn(remote: string): string {
  try {
    return fileURLToPath(new URL(remote));
  } catch {
    throw unusable(remote, 'it is no path on this machine');
  }
}

function unusable(remote: string, why: string) {
  return stateError('SP5081', {
    message: `state.remote ${withoutCredentials(remote)} cannot be used: ${why}`,
    help: 'Name a git repository: ssh://git@host/state.git, https://host/state.git or file:///srv/state.git.',
    exitCode: EXIT.invalidPlan,
  });
}
