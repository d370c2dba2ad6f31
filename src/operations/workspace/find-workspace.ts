import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';

export const WORKSPACE_FILE = 'setpoint.yaml';

/** The nearest directory at or above `from` that holds `setpoint.yaml`. Throws SP3060 (exit 64) when there is none. */
export async function findWorkspace(from: string | null): Promise<RealPath> {
  if (from === null) {
    const help = 'cd into a workspace, or name it from / on with -C DIR';
    throw noWorkspace('no workspace can be looked for: the current directory was deleted', help);
  }
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (await exists(join(dir, WORKSPACE_FILE))) return dir as RealPath;
    if (dirname(dir) === dir) break;
  }
  throw noWorkspace(
    `no ${WORKSPACE_FILE} in ${resolve(from)} or above it`,
    `run setpoint in a workspace, name it with -C DIR, or begin one: echo 'name: my-workspace' > ${WORKSPACE_FILE} && mkdir plans`,
  );
}

function noWorkspace(message: string, help: string): SetpointError {
  return new SetpointError(EXIT.usage, [{ code: 'SP3060', severity: 'error', message, help }]);
}

/** A link counts, wherever it leads: writing would go through it, and a broken workspace is no reason to take one further up. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
