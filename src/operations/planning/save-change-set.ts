import { dirname, resolve } from 'node:path';

import { writeDurably } from '../../host/durable.ts';
import type { RealPath } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import { makeDirectoryDurably } from '../../host/make-directory.ts';

/** Writes a change set as JSON, mode 0600 (it holds file contents), replacing an older one as a whole. */
export async function saveChangeSet(file: string, set: ChangeSet): Promise<void> {
  const path = resolve(file) as RealPath;
  await makeDirectoryDurably(dirname(path), 0o755);
  await writeDurably(path, Buffer.from(`${JSON.stringify(set, null, 2)}\n`, 'utf8'), 0o600);
}
