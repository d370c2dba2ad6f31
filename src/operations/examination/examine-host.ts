import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { loadNative } from '../../host/native.ts';
import { judgeStateFileSystem } from '../../host/state-file-system.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';
import { broken, doubtful, fine } from './finding.ts';

/** The machine under setpoint: native locks, where state is kept, and whether processes can be seen. */
export async function examineHost(session: Session): Promise<readonly Finding[]> {
  return [await nativeAddon(), await stateFileSystem(session), await processView(session)];
}

async function nativeAddon(): Promise<Finding> {
  try {
    await loadNative();
    return fine('locks', 'kernel locks available');
  } catch (error) {
    return broken('locks', wordsOf(error), 'run setpoint on Linux x64 or arm64 with glibc');
  }
}

async function stateFileSystem(session: Session): Promise<Finding> {
  const { stateDir } = session.host;
  const existing = await firstExisting(stateDir);
  const { type, bavail, bsize } = await statfs(existing);
  const { verdict, words } = judgeStateFileSystem(type);
  const help = 'keep the state directory on a local disk';
  if (verdict === 'refused') return broken('state', `${stateDir} is on ${words}`, help);
  if (verdict === 'doubtful') return doubtful('state', `${stateDir} is on ${words}`, help);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  if (free < 100) return doubtful('state', `${stateDir}: ${free} MiB free`, 'make room');
  return fine('state', `${stateDir}, ${free} MiB free`);
}

async function firstExisting(path: string): Promise<string> {
  for (let dir = path; ; dir = dirname(dir)) {
    const found = await statfs(dir).then(
      () => true,
      () => false,
    );
    if (found || dirname(dir) === dir) return dir;
  }
}

async function processView(session: Session): Promise<Finding> {
  try {
    const visible = (await session.host.processes.visible?.()) !== 'own';
    const help = 'run as root, or remount /proc without hidepid; otherwise use restartProof: weak';
    return visible
      ? fine('processes', 'all processes are visible: restarts can be proved')
      : doubtful('processes', 'only own processes are visible: restarts cannot be proved', help);
  } catch (error) {
    return broken('processes', wordsOf(error), 'mount /proc');
  }
}

export function wordsOf(error: unknown): string {
  if (error instanceof SetpointError) return error.diagnostics.map((d) => d.message).join('; ');
  return error instanceof Error ? error.message : String(error);
}
