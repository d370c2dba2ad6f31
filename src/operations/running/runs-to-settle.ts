import { formatMode } from '../../model/file-mode.ts';
import { isExactly, planSettlement, touchedBy } from '../../apply/settle/plan-settlement.ts';
import { findNew, findOld, type FoundVersion } from '../../apply/settle/file-versions.ts';
import { unwritable } from '../../apply/files/unwritable.ts';
import type { CommittedJournal, JournalFile } from '../../apply/journal/journal.ts';
import { openJournals } from '../../apply/journal/journal-file.ts';
import { readLive, standing, type LiveFile } from '../../apply/files/live-file.ts';
import type { OpenRun } from '../../apply/machine/open-run.ts';
import { forPerson } from '../../apply/journal/for-person.ts';
import { lookAtRun } from '../../apply/recovery/recover.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import type { FileImage, FileState } from '../../model/file-image.ts';
import type { SettleChoice } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import { unifiedDiff } from '../planning/unified-diffs.ts';
import type { FileToSettle, FileVersion, RunToSettle, SettleOption } from '../results.ts';
import type { Session } from '../session.ts';
import { TOOL_VERSION } from '../tool-version.ts';

/** Every run that needs a person, with the versions of its files and what each choice would do. Takes no lock, changes nothing. */
export async function runsToSettle(session: Session): Promise<readonly RunToSettle[]> {
  const found: RunToSettle[] = [];
  const { host } = session;
  for (const journal of openJournals(host).filter(forPerson(host.stateDir))) {
    found.push(await runToSettle(session, journal));
  }
  return found;
}

async function runToSettle(session: Session, journal: CommittedJournal): Promise<RunToSettle> {
  const state = openState(session);
  const run = lookAtRun({ host: session.host, state, toolVersion: TOOL_VERSION }, journal);
  const secret = await digestOnly(run, journal);
  const files: FileToSettle[] = [];
  for (const [index, file] of journal.files.entries()) {
    files.push(await fileToSettle(run, index, file, secret(file.path)));
  }
  const choices: SettleOption[] = [];
  for (const choice of ['take-old', 'take-new', 'keep-live'] as const) {
    choices.push(await option(run, choice));
  }
  const { run: id, plan } = journal.header;
  return {
    run: id,
    plan,
    reason: journal.failure?.reason ?? run.undecidable ?? '',
    files,
    choices,
  };
}

async function option(run: OpenRun, choice: SettleChoice): Promise<SettleOption> {
  const plans = await planSettlement(run, choice);
  const writes = plans.filter(({ put }) => put.how !== 'leave');
  const stuck = plans.flatMap((plan) => plan.stuck ?? []);
  // Asked before the first write of a choice, too: nobody is sent to one that is refused.
  const places = unwritable(run.context.host.root, plans.flatMap(touchedBy));
  // A file and its kept version are on one mount, which has one repair.
  const repairs = places.map(({ help }) => help);
  const distinct = places.filter(({ help }, i) => repairs.indexOf(help) === i);
  const obstacles = [...stuck, ...distinct.map(inOneLine)];
  return {
    choice,
    possible: obstacles.length === 0,
    writes: writes.map(({ file }) => file.path),
    replacesForeign: writes
      .filter(({ foreign, live }) => foreign && live.kind !== 'absent')
      .map(({ file }) => file.path),
    obstacles,
  };
}

function inOneLine({ message, help }: Diagnostic): string {
  return help === undefined ? message : `${message}: ${help}`;
}

async function fileToSettle(
  run: OpenRun,
  index: number,
  file: JournalFile,
  secret: boolean,
): Promise<FileToSettle> {
  const live = readOrOther(file);
  const [old, next] = [await findOld(run, index, file), await findNew(run, file)];
  const diff = async (from: FoundVersion | null, state: FileState | null) => {
    if (secret || live.kind === 'other' || isExactly(live, state)) return null;
    if (from === null && state !== null) return null;
    return unifiedDiff(file.path, imageOf(from, state), imageOfLive(live));
  };
  const where = standing(live, file);
  return {
    path: file.path,
    standing: ({ before: 'old', after: 'new', torn: 'torn', foreign: 'foreign' } as const)[where],
    old: versionOf(file.before, old),
    new: versionOf(file.after, next),
    live: {
      sha256: live.kind === 'file' ? live.state.sha256 : null,
      mode: live.kind === 'file' ? formatMode(live.state.mode) : null,
      kind: live.kind,
      place: live.kind === 'file' ? 'live' : null,
      path: live.kind === 'absent' ? null : file.realPath,
      object: null,
    },
    diffs: { oldToLive: await diff(old, file.before), newToLive: await diff(next, file.after) },
  };
}

function versionOf(state: FileState | null, found: FoundVersion | null): FileVersion {
  return {
    sha256: state?.sha256 ?? null,
    mode: state === null ? null : formatMode(state.mode),
    kind: state === null ? 'absent' : 'file',
    place: found?.place ?? null,
    path: found?.path ?? null,
    object: found?.object ?? null,
  };
}

/** A file that may not be read is shown as one that is no plain file; the choices say why. */
function readOrOther({ realPath }: JournalFile): LiveFile {
  try {
    return readLive(realPath);
  } catch (error) {
    if (error instanceof SetpointError) return { kind: 'other' };
    throw error;
  }
}

function imageOf(found: FoundVersion | null, state: FileState | null): FileImage {
  if (found === null || state === null) return { exists: false };
  return { exists: true, bytes: found.bytes, mode: state.mode };
}

function imageOfLive(live: LiveFile): FileImage {
  if (live.kind !== 'file') return { exists: false };
  return { exists: true, bytes: live.bytes, mode: live.state.mode };
}

/** Content that recorded state does not keep is not printed either; where nobody can say, neither. */
async function digestOnly(
  run: OpenRun,
  { trees }: CommittedJournal,
): Promise<(path: HostPath) => boolean> {
  const { state } = run.context;
  try {
    const kept = await state.loadAt(trees.kept as CommitId);
    const before = await state.loadAt(trees.unchanged as CommitId);
    return (path) =>
      [kept, before].some(({ files }) => (files.get(path)?.record ?? 'full') !== 'full');
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return () => true;
  }
}
