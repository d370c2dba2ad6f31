import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sweepTemporaries } from '../../apply/files/sweep-temporaries.ts';
import { openJournals, type JournalPlace } from '../../apply/journal/journal-file.ts';
import { makeDirectoryDurably, writeDurably } from '../../host/durable.ts';
import { replaceLink } from '../../host/replace-link.ts';
import type { RealPath } from '../../model/brand.ts';
import { TOOL_VERSION } from '../tool-version.ts';
import { bundleFiles, PROGRAM } from './bundle-files.ts';

/** `<state-dir>/recovery`: a folder a version, and `current`, a link to the newest placed one, which boot units run. */
export function recoveryDirectory(stateDir: RealPath): RealPath {
  return join(stateDir, 'recovery') as RealPath;
}

/** What boot units run. */
export function currentProgram(stateDir: string): string {
  return join(stateDir, 'recovery', 'current', PROGRAM);
}

/**
 * Puts this version's recovery program into the state directory, durably, where it is missing or differs; takes away those of
 * other versions that no open run needs. Only under the run lock. Gives its path. Errors: SP4231, SP601x (exit 1).
 */
export async function placeProgram(place: JournalPlace): Promise<string> {
  const top = recoveryDirectory(place.stateDir);
  const directory = join(top, TOOL_VERSION);
  await makeDirectoryDurably(directory, 0o700);
  // Of an installation that was killed. Whoever writes here has the run lock.
  sweepTemporaries([top, directory as RealPath]);
  for (const [name, bytes] of bundleFiles()) {
    const file = join(directory, name);
    if (!holds(file, bytes)) await writeDurably(file, bytes, 0o600);
  }
  await replaceLink(join(top, 'current'), TOOL_VERSION);
  removeOthers(place, top);
  return join(directory, PROGRAM);
}

function holds(file: string, bytes: Buffer): boolean {
  return existsSync(file) && readFileSync(file).equals(bytes);
}

/** A guardian that still runs an older one has loaded it whole. */
function removeOthers(place: JournalPlace, top: string): void {
  const needed = new Set(openJournals(place).map(({ toolVersion }) => toolVersion));
  for (const { name } of readdirSync(top, { withFileTypes: true }).filter((e) => e.isDirectory())) {
    if (name === TOOL_VERSION || needed.has(name)) continue;
    rmSync(join(top, name), { recursive: true, force: true });
  }
}
