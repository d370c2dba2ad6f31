import { dirname, join } from 'node:path';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import { readMounts } from '../../host/mounts.ts';
import { reserveRoom } from '../../host/reserve.ts';
import { syncDirectories } from '../../host/sync-directory.ts';
import { copyIntoRun } from '../../host/tree-copy.ts';
import type { CommitId, RealPath } from '../../model/brand.ts';
import type { FileChange } from '../../model/change-set.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { Conflict } from '../files/conflict.ts';
import type { ActionResult } from '../machine/actions.ts';
import type { CommittedJournal, JournalFile } from '../journal/journal.ts';
import { writeJournal } from '../journal/journal-file.ts';
import { makeRunFolder } from '../journal/make-run-folder.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { auditHeadNow, auditStart } from './run-audit.ts';
import { allGates, checkBefore, noteNow } from './run-checks.ts';
import { observedCommit, recordCommits } from './run-commits.ts';
import type { RunInput } from '../machine/run-input.ts';
import { planStaging } from '../files/stage-directories.ts';
import type { FileToStage } from '../files/file-to-stage.ts';
import { stageFiles } from '../files/stage.ts';
import { watchedDirectories } from './watched-directories.ts';

const DONE: ActionResult = { is: 'done' };

/** Copies what the run executes, then judges every gate on the host as it is. Nothing is changed. */
export async function checkHostBefore(run: OpenRun, input: RunInput): Promise<ActionResult> {
  await copyWorkspace(run, input);
  return checkBefore(run, allGates(input.part), input.options.allowUnhealthy);
}

async function copyWorkspace({ folder }: OpenRun, input: RunInput): Promise<void> {
  // Its name waits for the decision (decision.ts), unless something in it has to last before the commit point.
  await makeDirectoryDurably(dirname(folder.dir), 0o700);
  const { holders } = makeRunFolder(folder);
  const { workspaceFiles, files } = input.part;
  const inPlace = files.some(({ method }) => method === 'in-place');
  if (inPlace || workspaceFiles.length > 0) await syncDirectories(holders);
  await copyIntoRun(
    input.part.workspaceFiles.map(({ path, sha256, executable }) => ({
      from: join(input.workspaceDir, path) as RealPath,
      content: input.contents?.get(sha256),
      to: join(folder.workspace, path) as RealPath,
      sha256,
      executable,
    })),
  );
}

/**
 * Writes every tree that a commit of this run may need, so that ending it needs no more space for content. Foreign edits are
 * recorded here: whatever becomes of the run, history has them.
 */
export async function prepareState(run: OpenRun, input: RunInput): Promise<ActionResult> {
  const { state } = run.context;
  const parent = await recordObserved(run, input);
  const changes = { kept: input.kept, held: input.reverted };
  run.trees = { parent, earlier: [...run.commits], ...(await state.prepareRun(parent, changes)) };
  return DONE;
}

async function recordObserved(run: OpenRun, input: RunInput): Promise<CommitId | null> {
  const { head } = input.recorded;
  if (input.observed === null) return head;
  const { state, host } = run.context;
  const tree = await state.prepare(head, input.observed);
  const date = Math.floor(host.clock.now().getTime() / 1000);
  const auditHead = await auditHeadNow(run);
  const facts = { header: run.header, checks: [], auditHead, date };
  await recordCommits(run, [await observedCommit(run, facts, tree, head)], head);
  run.recorded = false;
  return run.commits.at(-1) ?? head;
}

/** Journal of the intent first, then everything it names: new bytes, links to the old files, missing directories. */
export async function stageRun(run: OpenRun, input: RunInput): Promise<ActionResult> {
  const { context, header } = run;
  const { root } = context.host;
  const changes = writtenFiles(input);
  const targets = await Promise.all(changes.map((change) => bindTarget(run, change)));
  const { directories, intent } = planStaging({
    run: header.run,
    targets,
    watched: watchedDirectories(input, root),
    root: root.dir,
    mounts: readMounts(),
    inPlace: {
      targets: new Set(targets.filter((_, i) => changes[i]?.method === 'in-place')),
      folder: run.folder.dir,
    },
  });
  // It has had the time of the before-gates to start.
  await context.guardian?.ready();
  run.intent = intent;
  await auditStart(run, changes);
  const { toolVersion } = context;
  await writeJournal(context.host, { phase: 'staging', toolVersion, header, intent });
  const files = changes.map((change, i) => toStage(change, targets[i], directories, input));
  const staged = await stageFiles(files, intent);
  run.staged = staged.map((file, i) => withFacts(file, changes[i], input.recorded));
  context.listener({ type: 'staged', run: header.run, files: run.staged.length });
  return DONE;
}

/** The path must still lead to the file that was planned. Throws Conflict. */
async function bindTarget({ context }: OpenRun, change: FileChange): Promise<RealPath> {
  const seen = await context.host.root.observe(change.declared, {
    inPlace: change.method === 'in-place',
  });
  if (seen.path !== change.path || seen.linkText !== change.linkText) {
    throw new Conflict(`${change.declared} leads to ${seen.path}, planned was ${change.path}`);
  }
  if (seen.content.kind === 'refused') throw new Conflict(seen.content.reason);
  return seen.realPath;
}

/** What a link leads to is looked at again before the run is kept; what is not copied is known without the record once it is over. */
function withFacts(
  file: JournalFile,
  change: FileChange | undefined,
  recorded: RecordedState,
): JournalFile {
  if (change === undefined) return file;
  const rules = [change.record?.rule, recorded.files.get(change.path)?.record];
  const noCopy = rules.some((rule) => rule !== undefined && rule !== 'full');
  return {
    ...file,
    ...(change.declared === file.path ? {} : { declared: change.declared }),
    ...(noCopy ? { noCopy } : {}),
  };
}

function toStage(
  change: FileChange,
  realPath: RealPath | undefined,
  directories: ReadonlyMap<RealPath, RealPath>,
  input: RunInput,
): FileToStage {
  const stageDirectory = realPath === undefined ? undefined : directories.get(realPath);
  if (realPath === undefined || stageDirectory === undefined) {
    throw new TypeError(`${change.path} has no place to be staged`);
  }
  const after = input.images.get(change.path)?.after;
  if (after === undefined && change.after !== null) {
    throw new TypeError(`the new content of ${change.path} was not given`);
  }
  return { change, realPath, stageDirectory, after: after ?? ABSENT };
}

/** The commit point. From here on the run is settled from the journal, by this process or another. */
export async function commitRun(run: OpenRun, input: RunInput): Promise<ActionResult> {
  const { context, header, trees, intent } = run;
  if (trees === null || intent === null) throw new TypeError('the run is not staged');
  const { confirmWithin } = input.options;
  const journal: CommittedJournal = {
    phase: 'committed',
    toolVersion: context.toolVersion,
    header,
    intent,
    files: run.staged,
    steps: input.part.steps,
    gates: input.part.gates,
    before: run.before,
    processes: await noteNow(run, allGates(input.part)),
    trees,
    ...(confirmWithin === undefined ? {} : { confirmWithin }),
    failure: null,
  };
  reserveRoom(run.folder.reserve);
  await writeJournal(context.host, journal);
  run.journal = journal;
  return DONE;
}

/** Files the run writes, in the order of its steps. */
export function writtenFiles({ part }: RunInput): readonly FileChange[] {
  const order = new Map(part.steps.map((step, i) => [step.path, i]));
  const place = (file: FileChange): number => order.get(file.path) ?? part.steps.length;
  return part.files.filter((file) => file.write).toSorted((a, b) => place(a) - place(b));
}
