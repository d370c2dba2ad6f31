import { isUtf8 } from 'node:buffer';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { backupsOf } from '../../host/backups/backup-paths.ts';
import { readSnapshots } from '../../host/backups/snapshots.ts';
import { verifyBackups as verifyStore } from '../../host/backups/verify-backups.ts';
import type { HostPath, RunId } from '../../model/brand.ts';
import { imageOf, type FileImage } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import { isHidden } from '../going-back/returned-file.ts';
import { openState } from '../open-state.ts';
import { notShown, unifiedDiff } from '../planning/unified-diffs.ts';
import type { Session } from '../session.ts';
import { imageIn } from './content.ts';
import { lostOriginals } from '../state/lost-originals.ts';
import { filesNamed, findSnapshot } from './find-snapshot.ts';
import type { BackupListResult, BackupShowResult, BackupVerifyResult } from './results.ts';
import { neededObjects } from './needed-objects.ts';
import { summaryOf } from './summary.ts';

/** Every snapshot, or those that have one file, newest first. Takes no lock, reads no content. */
export function listBackups(session: Session, path: HostPath | null): BackupListResult {
  const { snapshots, problems } = readSnapshots(backupsOf(session.host.stateDir));
  const wanted = snapshots
    .map(summaryOf)
    .map((one) => ({ ...one, files: one.files.filter((f) => path === null || f.path === path) }))
    .filter(({ files }) => files.length > 0);
  const warnings = problems.map((problem) => ({ ...problem, severity: 'warning' as const }));
  return { host: session.hostName, snapshots: wanted.toReversed(), problems: warnings };
}

export interface ShowOptions {
  readonly run: string;
  readonly path: HostPath | null;
  readonly diff: boolean;
}

/** One snapshot, or the content of one of its files. Throws SP5061–SP5064. */
export async function showBackup(
  session: Session,
  { run, path, diff }: ShowOptions,
): Promise<BackupShowResult> {
  const snapshot = findSnapshot(session, run);
  const files = filesNamed(snapshot, path === null ? [] : [path]);
  const [only] = files;
  const host = session.hostName;
  const shown = {
    ...summaryOf(snapshot),
    files: files.map(({ path, before }) => ({ path, before })),
  };
  if (diff) {
    const recorded = await openState(session).load();
    const diffs: string[] = [];
    for (const file of files) {
      const { content } = await session.host.root.observe(file.path, { inPlace: true });
      const old = await imageIn(session, snapshot.run, file);
      const live = imageOf(content);
      if (sameBytes(live, old)) continue;
      const { path } = file;
      // What stands there now may be a secret that was none when the run was backed up.
      const managed = recorded.files.get(path);
      const hidden = file.sensitive || isHidden({ path, managed, before: live, after: old });
      diffs.push(hidden ? notShown(path) : await unifiedDiff(path, live, old));
    }
    return { host, snapshot: shown, diff: diffs.join(''), content: null };
  }
  if (path === null || only === undefined)
    return { host, snapshot: shown, diff: null, content: null };
  const image = await imageIn(session, snapshot.run, only);
  if (!image.exists) throw wasAbsent(snapshot.run, path);
  return { host, snapshot: shown, diff: null, content: contentOf(image) };
}

function sameBytes(a: FileImage, b: FileImage): boolean {
  if (!a.exists || !b.exists) return a.exists === b.exists;
  return Buffer.from(a.bytes).equals(b.bytes);
}

function wasAbsent(run: RunId, path: HostPath): SetpointError {
  const message = `${path} did not exist before run ${run}: the backup has no content of it`;
  const help = 'A restore of this file removes it.';
  return new SetpointError(EXIT.failed, [{ code: 'SP5069', severity: 'error', message, help }]);
}

function contentOf(image: FileImage & { exists: true }): BackupShowResult['content'] {
  const bytes = Buffer.from(image.bytes);
  return isUtf8(bytes)
    ? { encoding: 'utf8', text: bytes.toString('utf8') }
    : { encoding: 'base64', text: bytes.toString('base64') };
}

/** Reads and hashes every object again. Exit 1 when something is missing, damaged or unreadable. */
export async function verifyBackups(session: Session): Promise<BackupVerifyResult> {
  const state = openState(session);
  const found = await verifyStore(
    backupsOf(session.host.stateDir),
    await neededObjects(session, state),
  );
  const problems = [...found.problems, ...(await lostOriginals(session, await state.load()))];
  const exitCode = problems.length === 0 ? EXIT.done : EXIT.failed;
  return { host: session.hostName, ...found, problems, exitCode };
}
