import { mirrorToRemote } from '../../git/remote/mirror-remote.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import { backupsOf, type BackupPlace } from '../../host/backups/backup-paths.ts';
import { mirrorToDirectory } from '../../host/backups/mirror-directory.ts';
import { mirrorPlace, type MirrorPlace } from '../../host/backups/mirror-place.ts';
import { noteMirrored, noteOwed, owesMirror } from '../../host/backups/mirrored.ts';
import { listSnapshots } from '../../host/backups/snapshots.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { readMirror } from './read-mirror.ts';

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
    const since = host.clock.now().toISOString();
    if (!owesMirror(from)) await noteOwed(from, { since });
    return await copyAll(session, from, to, since);
  } catch (error) {
    return [notUpToDate(mirror, error)];
  }
}

/** Why it was not complete is noted for `status` and `doctor`, as far as there is room for that. */
async function copyAll(
  session: Session,
  from: BackupPlace,
  to: MirrorPlace,
  since: string,
): Promise<readonly Diagnostic[]> {
  try {
    const problems = await copyTo(session, from, to);
    if (problems.length === 0) await noteMirrored(from);
    else await noteOwed(from, { since, why: wordsOf(problems) });
    return problems.map((problem) => ({ ...problem, severity: 'warning' as const }));
  } catch (error) {
    const url = to.kind === 'remote' ? to.url : to.directory;
    await noteOwed(from, { since, why: whyNot(url, error) }).catch(() => undefined);
    throw error;
  }
}

/** The same for a command that has nothing to run. Takes the run lock when the mirror lacks something. */
export async function mirrorOwed(
  session: Session,
  config: WorkspaceConfig,
  command: string,
): Promise<readonly Diagnostic[]> {
  const { mirror } = config.backups;
  if (mirror === null) return [];
  try {
    const told = await readMirror(session, config);
    if (told === null || (told.lacks === 0 && told.since === null)) return [];
    return await underRunLock(session, command, () => updateMirror(session, mirror));
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
  return {
    code: 'SP5067',
    severity: 'warning',
    message: `backups were not copied to the mirror: ${whyNot(mirror, error)}`,
    help: 'Repair the cause; the next apply tries again, at once: setpoint backup prune',
  };
}

function whyNot(mirror: string, error: unknown): string {
  const why = error instanceof SetpointError ? wordsOf(error.diagnostics) : String(error);
  return withoutCredentials(why.replaceAll(mirror, withoutCredentials(mirror)));
}

function wordsOf(problems: readonly Diagnostic[]): string {
  return problems.map(({ message }) => message).join('; ');
}
