import { join } from 'node:path';
import { writeDurably } from '../../host/durable.ts';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import type { RealPath } from '../../model/brand.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { tolerate } from '../machine/tolerate.ts';

/**
 * Keeps what somebody else put where the run's file `index` was, as `runs/<run>/foreign/<index>` (0600); what was kept there
 * before stays, the next goes to `<index>-2`. Returns the copy's path; null when it could not be written: the reason is then in
 * the run's diagnostics, and nothing may be written over the original.
 */
export async function saveForeign(
  run: OpenRun,
  index: number,
  live: LiveFile,
): Promise<RealPath | null> {
  if (live.kind !== 'file') return null;
  const path = freeName(join(run.folder.foreign, String(index)), live);
  return (await saveCopy(run, live.bytes, path)) ? (path as RealPath) : null;
}

/** Writes a copy into the run folder, durably. False when that fails (full disk); the reason is in the run's diagnostics. */
export async function saveCopy(run: OpenRun, bytes: Uint8Array, path: string): Promise<boolean> {
  const saved = await tolerate(run, async () => {
    await makeDirectoryDurably(join(path, '..'), 0o700);
    await writeDurably(path, bytes, 0o600);
    return true;
  });
  return saved === true;
}

function freeName(path: string, live: Extract<LiveFile, { kind: 'file' }>): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? path : `${path}-${String(n)}`;
    const there = readLive(name);
    if (there.kind === 'absent') return name;
    if (there.kind === 'file' && there.state.sha256 === live.state.sha256) return name;
  }
}
