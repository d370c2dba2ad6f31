import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { removeDurably, writeDurably } from '../../host/durable.ts';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import { recoveryDirectory } from './place-program.ts';

/** `<state-dir>/recovery/no-boot-units`: a person took the units away, so no apply brings them back. */
function markFile(stateDir: RealPath): string {
  return join(recoveryDirectory(stateDir), 'no-boot-units');
}

export function bootUnitsUnwanted(stateDir: RealPath): boolean {
  return existsSync(markFile(stateDir));
}

/** Remembers, durably, whether boot units are wanted. Errors: SP601x (exit 1). */
export async function setBootUnitsUnwanted(stateDir: RealPath, unwanted: boolean): Promise<void> {
  if (unwanted === bootUnitsUnwanted(stateDir)) return;
  if (!unwanted) {
    await removeDurably(markFile(stateDir));
    return;
  }
  await makeDirectoryDurably(recoveryDirectory(stateDir), 0o700);
  await writeDurably(markFile(stateDir), Buffer.alloc(0), 0o600);
}
