import { join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { JournalFile } from '../journal/journal.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { recordedNew, recordedOld, type RecordedVersion } from '../revert/recorded-version.ts';
import { stagedNew } from '../files/write-mark.ts';

/**
 * Where the content of one of a run's two versions still is: in place, as the kept or staged file beside the target, as a copy in
 * the run folder, or as an object of the state repository at `path`.
 */
export type VersionPlace = 'live' | 'stage' | 'run-folder' | 'recorded';

export interface FoundVersion {
  readonly place: VersionPlace;
  readonly path: RealPath;
  /** For `recorded`: `<commit or tree>:<name>`, for `git show`; null when the backup store has it. */
  readonly object: string | null;
  readonly bytes: Uint8Array;
  /** Metadata of the file found; `null` for `recorded`. */
  readonly state: FileState | null;
}

/** The content from before the run, from the best place that still has these very bytes; `null` when none does. */
export async function findOld(
  run: OpenRun,
  index: number,
  file: JournalFile,
): Promise<FoundVersion | null> {
  if (file.before === null) return null;
  const { sha256 } = file.before;
  const copy = join(run.folder.old, String(index)) as RealPath;
  const near =
    at('stage', file.oldPath, sha256) ??
    at('live', file.realPath, sha256) ??
    at('run-folder', copy, sha256);
  return near ?? recorded(await recordedOld(run, file));
}

/** The content that the run wrote or was to write, likewise. The run's own tree has a copy where recorded state keeps one. */
export async function findNew(run: OpenRun, file: JournalFile): Promise<FoundVersion | null> {
  if (file.after === null) return null;
  const { sha256 } = file.after;
  const staged = file.method === 'in-place' ? stagedNew(file) : file.newPath;
  const near = at('live', file.realPath, sha256) ?? at('stage', staged, sha256);
  return near ?? recorded(await recordedNew(run, file));
}

function recorded(version: RecordedVersion | null): FoundVersion | null {
  return version === null ? null : { place: 'recorded', ...version, state: null };
}

function at(place: VersionPlace, path: RealPath | null, sha256: string): FoundVersion | null {
  const live = path === null ? null : readIfPossible(path);
  if (path === null || live?.kind !== 'file' || live.state.sha256 !== sha256) return null;
  return { place, path, object: null, bytes: live.bytes, state: live.state };
}

/** A copy that cannot be read is as good as none: another place may have it. */
function readIfPossible(path: RealPath): LiveFile | null {
  try {
    return readLive(path);
  } catch (error) {
    if (error instanceof SetpointError) return null;
    throw error;
  }
}
