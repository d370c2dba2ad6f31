import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { loadNative } from '../../host/native.ts';
import type { Session } from '../session.ts';
import { managedRoot, stateDirectoryFinding } from './examine-state.ts';
import type { Finding } from './finding.ts';
import { broken, doubtful, fine } from './finding.ts';

/** The machine under setpoint: native locks, where state is kept, and whether processes can be seen. */
export async function examineHost(session: Session): Promise<readonly Finding[]> {
  return [
    await nativeAddon(),
    ...(await managedRoot(session)),
    await stateDirectoryFinding(session),
    await processView(session),
  ];
}

async function nativeAddon(): Promise<Finding> {
  try {
    await loadNative();
    return fine('locks', 'kernel locks available');
  } catch (error) {
    return broken('locks', wordsOf(error), 'run setpoint on Linux x64 or arm64 with glibc');
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
