import { mirrorToRemote } from '../../git/mirror-remote.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import { backupsOf, type BackupPlace } from '../../host/backups/backup-paths.ts';
import { mirrorToDirectory } from '../../host/backups/mirror-directory.ts';
import { mirrorPlace, type MirrorPlace } from '../../host/backups/mirror-place.ts';
import { noteMirrored, noteOwed, owesMirror } from '../../host/backups/mirrored.ts';
import { listSnapshots } from '../../host/backups/snapshots.ts';
import type { Session } from '../session.ts';

/**
 * Brings the mirror up to date; the caller holds the run lock and no run is open. Never throws and never changes an exit
 * code: what does not work is a warning (SP5067), and stays owed until a later command has done it.
 */
export async function updateMirror(
  session: Session,
  mirror: string | null,
): Promise<readonly Diagnostic[]> {
  const { host } = session;
  const from = backupsOf(host.stateDir);
  if (mirror === null || (listSnapshots(from).length === 0 && !owesMirror(from))) return [];
  try {
    const to = await mirrorPlace(mirror, host.root, host.stateDir);
    await noteOwed(from, host.clock.now().toISOString());
    const problems = await copyTo(session, from, to);
    if (problems.length === 0) await noteMirrored(from);
    return problems.map((problem) => ({ ...problem, severity: 'warning' as const }));
  } catch (error) {
    return [notUpToDate(mirror, error)];
  }
}

/** Throws SP5066 (exit 65) when the mirror of a workspace is no second place; told before anything is changed. */
export async function requireMirrorPlace({ host }: Session, mirror: string | null): Promise<void> {
  if (mirror !== null) await mirrorPlace(mirror, host.root, host.stateDir);
}

function copyTo(
  session: Session,
  from: BackupPlace,
  to: MirrorPlace,
): Promise<readonly Diagnostic[]> {
  const { host, hostName, options } = session;
  if (to.kind === 'directory') return mirrorToDirectory(from, to.directory, hostName);
  const { commands, clock } = host;
  return mirrorToRemote({
    place: from,
    url: to.url,
    host: hostName,
    env: options.env,
    commands,
    clock,
  });
}

function notUpToDate(mirror: string, error: unknown): Diagnostic {
  const why =
    error instanceof SetpointError
      ? error.diagnostics.map(({ message }) => message).join('; ')
      : String(error);
  return {
    code: 'SP5067',
    severity: 'warning',
    message: `backups were not copied to the mirror: ${withoutCredentials(why.replaceAll(mirror, withoutCredentials(mirror)))}`,
    help: 'Repair the cause; the next setpoint command that takes the run lock tries again.',
  };
}
