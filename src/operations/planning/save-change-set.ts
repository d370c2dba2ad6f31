import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { writeDurably } from '../../host/durable.ts';
import type { RealPath } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import { EXIT } from '../../model/outcome.ts';

/**
 * Writes a change set as JSON, mode 0600 (it holds file contents), replacing an older one as a whole. Throws SP3032 (exit 64)
 * when its directory does not exist: a mistyped path must not grow directories.
 */
export async function saveChangeSet(file: string, set: ChangeSet): Promise<void> {
  const path = resolve(file) as RealPath;
  requireDirectory(path);
  await writeDurably(path, Buffer.from(`${JSON.stringify(set, null, 2)}\n`, 'utf8'), 0o600);
}

function requireDirectory(path: RealPath): void {
  const directory = dirname(path);
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  const message = `${path}: ${directory} is ${found === undefined ? 'not there' : 'no directory'}`;
  const help = 'create it, or give --out another file';
  throw new SetpointError(EXIT.usage, [{ code: 'SP3032', severity: 'error', message, help }]);
}
