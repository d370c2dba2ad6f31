import { statSync } from 'node:fs';
import { join } from 'node:path';
import { mirroredAtRemote } from '../../git/remote/mirror-remote.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { withoutCredentials } from '../../diagnostics/without-credentials.ts';
import { backupPlace, backupsOf } from '../../host/backups/backup-paths.ts';
import { mirrorPlace, type MirrorPlace } from '../../host/backups/mirror-place.ts';
import { readOwed } from '../../host/backups/mirrored.ts';
import { listSnapshots } from '../../host/backups/snapshots.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import type { MirrorTold } from './results.ts';

/**
 * How far the mirror of the workspace is; null outside of a workspace, or when it names none that can be used. A directory is looked
 * at; a remote is not asked: of it is told what was known after the last copy. Changes nothing.
 */
export async function readMirror(
  session: Session,
  known: WorkspaceConfig | null = null,
): Promise<MirrorTold | null> {
  const { host } = session;
  const mirror = (known ?? (await configIfAny(session)))?.backups.mirror ?? null;
  const to = mirror === null ? null : await usablePlace(session, mirror);
  if (mirror === null || to === null) return null;
  const here = listSnapshots(backupsOf(host.stateDir)).map(({ name }) => name);
  const { names, problem } = await found(session, to);
  const owed = readOwed(backupsOf(host.stateDir));
  return {
    mirror: withoutCredentials(mirror),
    lacks: here.filter((name) => !names.has(name)).length,
    since: owed?.since ?? null,
    problem: problem ?? (owed?.why === undefined ? null : `the last copy failed: ${owed.why}`),
  };
}

async function usablePlace({ host }: Session, mirror: string): Promise<MirrorPlace | null> {
  try {
    return await mirrorPlace(mirror, host.root, host.stateDir);
  } catch (error) {
    // Every command that would use it says so.
    if (error instanceof SetpointError) return null;
    throw error;
  }
}

interface Found {
  /** Of the snapshots that are there. */
  readonly names: ReadonlySet<string>;
  readonly problem: string | null;
}

const NOTHING: ReadonlySet<string> = new Set();

async function found(session: Session, to: MirrorPlace): Promise<Found> {
  try {
    return await namesAt(session, to);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return { names: NOTHING, problem: error.diagnostics[0]?.message ?? 'it cannot be read' };
  }
}

async function namesAt({ host, hostName, options }: Session, to: MirrorPlace): Promise<Found> {
  if (to.kind === 'remote') {
    const place = backupsOf(host.stateDir);
    const names = await mirroredAtRemote({ place, url: to.url, env: options.env });
    return { names, problem: null };
  }
  if (statSync(to.directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return { names: NOTHING, problem: `${to.directory} is not a directory` };
  }
  const there = listSnapshots(backupPlace(join(to.directory, hostName)));
  return { names: new Set(there.map(({ name }) => name)), problem: null };
}
