import { editedRun } from '../model/drift.ts';
import type { DriftFile } from '../model/drift.ts';
import type { Variables } from '../model/plan-file.ts';
import { fileStanding } from '../plan/drift/file-standing.ts';
import { readMirror } from './backups/read-mirror.ts';
import { compareHost } from './drift/compare-host.ts';
import { expiredRules } from './drift/expired-rules.ts';
import { heldTold } from './drift/held-plans.ts';
import { wantedIfReadable } from './drift/wanted-here.ts';
import type { StatusResult } from './results.ts';
import { readOpenRuns } from './running/open-runs.ts';
import type { Session } from './session.ts';
import { tellLostRecord } from './state/lost-record.ts';
import { readRemote } from './state/read-state.ts';

export interface StatusOptions {
  /** For plan files of the workspace, when one is here. */
  readonly vars?: Variables;
}

/** What is recorded, whether live files still equal it, and what is pending. Takes no lock, changes nothing. */
export async function readStatus(
  session: Session,
  options: StatusOptions = {},
): Promise<StatusResult> {
  const { holder, openRuns } = await readOpenRuns(session);
  const wanted = await wantedIfReadable(session, options.vars ?? {});
  const { recorded, files, today } = await compareHost(session, wanted);
  const compared = new Map(files.map((file) => [file.path, file]));
  return {
    host: session.hostName,
    hostId: recorded.hostId === '' ? null : recorded.hostId,
    head: recorded.head,
    remote: await readRemote(session, recorded.head),
    mirror: await readMirror(session),
    files: [...recorded.files].map(([path, file]) => ({
      path,
      items: Object.keys(file.items).length,
      owners: [...new Set(Object.values(file.items).map((item) => item.owner.plan))].sort(),
      drift: standingOf(compared.get(path)),
      ...unsettledIn(compared.get(path)),
      pending: pendingIn(compared.get(path)),
      ignored: ignoredIn(compared.get(path)),
    })),
    unrecorded: files
      .filter(({ path }) => !recorded.files.has(path))
      .reduce((sum, file) => sum + pendingIn(file), 0),
    plans: recorded.plans.map((record) => ({
      plan: record.plan,
      workspace: record.workspace,
      run: record.run,
      commit: record.commit,
      held: heldTold(record, wanted),
    })),
    openRuns,
    holder,
    warnings: [
      ...(await tellLostRecord(session, wanted.config, recorded.head)),
      ...wanted.warnings,
      ...expiredRules(wanted.config, today),
    ],
  };
}

/** The judgement of `drift`, in short. Every managed file is compared. */
function standingOf(file: DriftFile | undefined): StatusResult['files'][number]['drift'] {
  return file === undefined ? 'unknown' : fileStanding(file);
}

function unsettledIn(
  file: DriftFile | undefined,
): Pick<StatusResult['files'][number], 'unsettled'> {
  const run = file === undefined ? undefined : editedRun(file);
  return run === undefined ? {} : { unsettled: run };
}

/** What an open run wrote is neither recorded nor wanted anew. */
function pendingIn(file: DriftFile | undefined): number {
  if (file === undefined || file.openRun !== undefined) return 0;
  return file.items.filter(({ state }) => state === 'pending' || state === 'both').length;
}

function ignoredIn(file: DriftFile | undefined): number {
  return file?.items.filter(({ ignored }) => ignored !== undefined).length ?? 0;
}
