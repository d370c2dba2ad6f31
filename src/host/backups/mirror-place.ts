import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import type { HostPath, RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { isInside } from '../own-place.ts';
import type { Root } from '../ports.ts';

/** Where a mirror is. `directory`: a directory of the host. `remote`: what git pushes to. */
export type MirrorPlace =
  | { readonly kind: 'directory'; readonly directory: RealPath }
  | { readonly kind: 'remote'; readonly url: string };

/**
 * The place that `backups.mirror` means: an absolute path is a directory (inside the root), anything with a colon a git remote.
 * Throws SP5066 (exit 65) for what is neither, and for a place inside the state directory. Creates nothing.
 */
export async function mirrorPlace(
  mirror: string,
  root: Root,
  stateDir: RealPath,
): Promise<MirrorPlace> {
  if (mirror.startsWith('/')) {
    const { realPath } = await root.observe(mirror as HostPath);
    if (isInside(realPath, stateDir)) throw unusable(mirror, INSIDE);
    return { kind: 'directory', directory: realPath };
  }
  if (!mirror.includes(':')) {
    throw unusable(mirror, 'it is neither an absolute path nor the address of a git remote');
  }
  if (mirror.startsWith('file:') && isInside(localPath(mirror), stateDir)) {
    throw unusable(mirror, INSIDE);
  }
  return { kind: 'remote', url: mirror };
}

const INSIDE = 'it lies inside the state directory, whose loss it is for';

function localPath(url: string): string {
  const path = URL.canParse(url) ? fileURLToPath(new URL(url)) : url.slice('file:'.length);
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function unusable(mirror: string, why: string): SetpointError {
  return new SetpointError(EXIT.invalidPlan, [
    {
      code: 'SP5066',
      severity: 'error',
      message: `backups.mirror ${withoutCredentials(mirror)} cannot be used: ${why}`,
      help: 'Name a directory on another disk by its absolute path, or a git remote (file:///srv/backups.git).',
    },
  ]);
}
