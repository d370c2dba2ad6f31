import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stageFile, type StagedFile } from '../../host/stage-file.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import type { CommitId, HostPath, RealPath } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { JournalFile } from '../journal/journal.ts';
import { writeJournal } from '../journal/journal-file.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import type { Splice } from '../files/restore.ts';
import { changedItems } from './changed-items.ts';
import { takeOutItems, type WrittenItems } from './take-out-items.ts';

type PlainFile = Extract<LiveFile, { kind: 'file' }>;

/** The old content with somebody else's edit in it, not yet written anywhere. */
export interface SplicedImage {
  readonly index: number;
  readonly file: JournalFile;
  readonly live: PlainFile;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/**
 * Takes only the run's own edit out of a file that somebody else changed meanwhile (take-out-items.ts). Null when they changed
 * what the run wrote, or when one of the contents is not to be had any more. The new content comes from the recorded state, where the run's trees were prepared.
 */
export async function spliceOut(
  run: OpenRun,
  index: number,
  live: LiveFile,
): Promise<SplicedImage | null> {
  const { files, trees } = committed(run);
  const file = files[index];
  if (live.kind !== 'file' || !file?.before || !file.after || file.oldPath === null) return null;
  const mode = splicedMode(file.before, file.after, live.state);
  const old = readLive(file.oldPath);
  if (mode === null || old.kind !== 'file' || old.state.sha256 !== file.before.sha256) return null;
  const made = await run.context.state.contents([file.path], trees.kept as CommitId);
  const after = made.get(file.path);
  if (after === undefined || digest(after) !== file.after.sha256) return null;
  const items = await writtenItems(run, file.path);
  const bytes = takeOutItems({ old: old.bytes, after, live: live.bytes }, items);
  return bytes === null ? null : { index, file, live, bytes, mode };
}

async function writtenItems(run: OpenRun, path: HostPath): Promise<WrittenItems> {
  const { trees } = committed(run);
  const { state } = run.context;
  const before = (await state.loadAt(trees.unchanged as CommitId)).files.get(path);
  const after = (await state.loadAt(trees.kept as CommitId)).files.get(path);
  const kind = after?.kind ?? before?.kind ?? 'file';
  return { kind, path, keys: changedItems(before, after) };
}

/** Permissions three-way, too: what the run changed goes back unless somebody else changed it again. */
function splicedMode(before: FileState, after: FileState, live: FileState): number | null {
  if (before.mode === after.mode || live.mode === before.mode) return live.mode;
  return live.mode === after.mode ? before.mode : null;
}

/**
 * Stages the spliced files and journals what they are, so that whoever goes on after a crash knows them for restored files.
 * Returns them by real path. Errors: SP601x; then nothing of the host has changed.
 */
export async function stageSplices(
  run: OpenRun,
  images: readonly SplicedImage[],
): Promise<ReadonlyMap<RealPath, Splice>> {
  const splices = new Map<RealPath, Splice>();
  if (images.length === 0) return splices;
  const states = new Map<number, FileState>();
  for (const { index, file, live, bytes, mode } of images) {
    const staged = await stageSplice(file, `${String(index)}.spliced`, bytes, mode);
    splices.set(file.realPath, { staged: staged.path, replaces: live.state });
    if (file.method !== 'in-place') {
      states.set(index, staged.state);
      continue;
    }
    // To be told from a foreign edit, a torn splice needs both sides.
    await stageSplice(file, `${String(index)}.replaced`, live.bytes, mode);
    const { uid, gid } = live.state;
    states.set(index, { ...staged.state, mode, uid, gid });
  }
  await syncDirectories(images.map(({ file }) => file.stageDirectory));
  const journal = committed(run);
  const files = journal.files.map((file, index) => {
    const spliced = states.get(index);
    return spliced === undefined ? file : { ...file, spliced };
  });
  run.journal = { ...journal, files };
  await writeJournal(run.context.host, run.journal);
  return splices;
}

function stageSplice(
  file: JournalFile,
  name: string,
  bytes: Uint8Array,
  mode: number,
): Promise<StagedFile> {
  const directory = file.stageDirectory;
  // Left by a revert that was cut short.
  rmSync(join(directory, name), { force: true });
  return file.method === 'in-place'
    ? stageFile({ directory, name, bytes, like: null, mode: 0o600 })
    : stageFile({ directory, name, bytes, like: file.realPath, mode });
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
