import { dirname } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { readMounts } from '../../host/mounts.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import type { RealPath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import { ABSENT, type FileImage, type ObservedFile } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import { abandonRun } from './close-run.ts';
import { Conflict } from '../files/conflict.ts';
import { driveRun, type EndedRun } from './drive-run.ts';
import type { FileToStage } from '../files/file-to-stage.ts';
import {
  NO_TREES,
  type CommittedJournal,
  type JournalFile,
  type RunHeader,
} from '../journal/journal.ts';
import { openJournals, removeJournal, writeJournal } from '../journal/journal-file.ts';
import { isOldInode } from '../files/old-inode.ts';
import { readLive, standing } from '../files/live-file.ts';
import { newOpenRun, type OpenRun } from '../machine/open-run.ts';
import { auditStart } from './run-audit.ts';
import { runFolder } from '../journal/run-folder.ts';
import type { RunContext } from '../machine/run-input.ts';
import { planStaging } from '../files/stage-directories.ts';
import { stageFiles } from '../files/stage.ts';
import { changedMeanwhile } from '../files/write-one.ts';

/** One file of a transaction as it was observed under the lock of its path, and what it becomes. */
export interface TransactedFile {
  readonly observed: ObservedFile;
  readonly after: FileImage;
  /** Whose owner, attributes and ACL it takes; absent: its own. */
  readonly like?: RealPath;
}

/** How it ended, and its files: where each is, what it was, what it is to be. */
export interface Transacted extends EndedRun {
  readonly files: readonly JournalFile[];
}

/**
 * Changes files together, without gates: decided at its commit point, so that a crash before it leaves all of them old and one
 * after it all of them new. The caller holds the run lock and the locks of the paths. Throws before the commit point, with
 * everything old: SP4263 (exit 6), SP5052, SP601x; SP4267 (exit 4) when it cannot be told on which side of it the run is.
 * Never after it: `open` says that recovery has to finish what could not be done.
 */
export async function transact(
  context: RunContext,
  header: RunHeader,
  files: readonly TransactedFile[],
): Promise<Transacted> {
  const run = newOpenRun(context, header, runFolder(context.host.stateDir, header.run));
  context.lock.describe({ run: header.run });
  try {
    await stage(run, files);
    requireUnchanged(run.staged);
  } catch (error) {
    await abandon(run, error);
    throw error instanceof Conflict ? changedMeanwhile(error.message) : error;
  }
  await commit(run);
  const ended = await driveRun(run, { at: 'kept' }, null);
  return { ...ended, files: run.staged };
}

async function stage(run: OpenRun, files: readonly TransactedFile[]): Promise<void> {
  const { context, header } = run;
  const { root } = context.host;
  const { directories, intent } = planStaging({
    run: header.run,
    targets: files.map(({ observed }) => observed.realPath),
    watched: new Set(
      files
        .filter(({ observed }) => watchedDirectory(observed.path))
        .map(({ observed }) => dirname(observed.realPath)),
    ),
    root: root.dir,
    mounts: readMounts(),
  });
  const toStage = files.map((file) => stagedAs(file, directories));
  const { toolVersion } = context;
  run.intent = intent;
  await auditStart(
    run,
    toStage.map(({ change }) => change),
  );
  await writeJournal(context.host, { phase: 'staging', toolVersion, header, intent });
  run.staged = await stageFiles(toStage, intent);
}

function stagedAs(
  { observed, after, like }: TransactedFile,
  directories: ReadonlyMap<RealPath, RealPath>,
): FileToStage {
  const { path, realPath, content } = observed;
  const stageDirectory = directories.get(realPath);
  if (stageDirectory === undefined) throw new TypeError(`${path} has no place to be staged`);
  const before = content.kind === 'file' ? content.state : null;
  const change = { path, before, after: after.exists ? stateOf(after) : null };
  const staged = { change, realPath, stageDirectory, after: after.exists ? after : ABSENT };
  return like === undefined ? staged : { ...staged, like };
}

function stateOf({
  bytes,
  mode,
}: Extract<FileImage, { exists: true }>): FileToStage['change']['after'] {
  return { sha256: sha256(bytes), size: bytes.length, mode };
}

/** The last look before it is decided: later a change by somebody who takes no locks can only be left as it is. */
function requireUnchanged(files: readonly JournalFile[]): void {
  for (const file of files) {
    const live = readLive(file.realPath);
    const same = standing(live, { before: file.before, after: file.before }) === 'before';
    if (!same || !isOldInode(live, file)) {
      throw new Conflict(`${file.path} was changed by somebody else while it was being written`);
    }
  }
}

/** Nothing of the host has changed: what was made goes. What cannot go now is left to recovery, the first error counts. */
async function abandon(run: OpenRun, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  try {
    await abandonRun(run, { outcome: 'failed', reason, refusal: null, open: false });
  } catch (later) {
    if (!(later instanceof SetpointError)) throw later;
  }
}

/** The commit point and the decision in one: the rename of this record over the one before it. */
async function commit(run: OpenRun): Promise<void> {
  const { context, header, intent } = run;
  if (intent === null) throw new TypeError('the run is not staged');
  const { toolVersion, host } = context;
  const journal: CommittedJournal = {
    phase: 'committed',
    decided: 'keep',
    toolVersion,
    header,
    intent,
    files: run.staged,
    steps: [],
    gates: [],
    before: [],
    processes: { processes: [] },
    trees: NO_TREES,
    failure: null,
  };
  try {
    await writeJournal(host, journal);
  } catch (error) {
    await takeBack(run, error);
    await abandon(run, error);
    throw error;
  }
  run.journal = journal;
}

/**
 * The record may be in place although writing it failed (its directory could not be synced). Before anything of the stage goes
 * it must be gone: else recovery would go forward with a part of it. Throws SP4267 when it stays.
 */
async function takeBack({ context, header, intent }: OpenRun, error: unknown): Promise<void> {
  const { host, toolVersion } = context;
  if (intent === null) return;
  try {
    await writeJournal(host, { phase: 'staging', toolVersion, header, intent });
  } catch {
    // Needs no space. Without a journal nothing of it is ever done.
    await removeJournal(host.stateDir, header.run).catch(() => undefined);
  }
  const left = openJournals(host).find((journal) => journal.header.run === header.run);
  if (left?.phase !== 'committed') return;
  throw new SetpointError(
    EXIT.needsPerson,
    [
      {
        code: 'SP4267',
        severity: 'error',
        message: `transaction ${header.run} could be neither committed nor taken back; no file has changed yet`,
        help: 'When the state directory can be written again, `setpoint recover` carries it out.',
      },
    ],
    { cause: error },
  );
}
