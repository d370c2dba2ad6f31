import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { RealPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';

export const WORKSPACE_FILE = 'setpoint.yaml';

/** The nearest directory at or above `from` that holds `setpoint.yaml`. Throws SP3060 (exit 64) when there is none. */
export async function findWorkspace(from: string): Promise<RealPath> {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (await exists(join(dir, WORKSPACE_FILE))) return dir as RealPath;
    if (dirname(dir) === dir) break;
  }
  throw new SetpointError(EXIT.usage, [
    {
      code: 'SP3060',
      severity: 'error',
      message: `no ${WORKSPACE_FILE} in ${resolve(from)} or above it`,
      help: `run setpoint in a workspace, name it with -C DIR, or begin one: echo 'name: my-workspace' > ${WORKSPACE_FILE} && mkdir plans`,
    },
  ]);
}

async function exists(path: string): Promise<boolean> {
  // A link that leads nowhere is a broken workspace, not a reason to take one further up.
  return lstat(path).then(
    () => true,
    () => false,
  );
}
