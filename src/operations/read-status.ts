import type { HostPath } from '../model/brand.ts';
import type { DriftFile, DriftItem } from '../model/drift.ts';
import { isDrift } from '../model/drift.ts';
import type { ObservedFile } from '../model/file-image.ts';
import type { Variables } from '../model/plan-file.ts';
import type { ManagedFile } from '../model/recorded-state.ts';
import { readMirror } from './backups/read-mirror.ts';
import { compareHost } from './drift/compare-host.ts';
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
  const { recorded, observed, files } = await compareHost(session, wanted);
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
      drift: driftTold(driftOf(path, file, observed, compared.get(path)), compared.get(path)),
      pending: pendingIn(compared.get(path)),
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
    ],
  };
}

type Drift = StatusResult['files'][number]['drift'];

function driftOf(
  path: HostPath,
  file: ManagedFile,
  observed: ReadonlyMap<HostPath, ObservedFile>,
  compared: DriftFile | undefined,
): Drift {
  const content = observed.get(path)?.content;
  const drifted = driftOfItems(compared, content?.kind === 'absent');
  if (content?.kind !== 'file') {
    if (content?.kind === 'absent') return file.state === null ? drifted : 'vanished';
    return 'drifted';
  }
  return file.state === null || content.state.sha256 !== file.state.sha256 ? 'drifted' : drifted;
}

/** What others did may be recorded: then the bytes are as recorded, and still not what was applied. */
function driftOfItems(compared: DriftFile | undefined, gone: boolean): Drift {
  const differing = compared?.items.filter((item) => isDifferent(item)) ?? [];
  if (differing.length === 0) return 'in-sync';
  if (differing.every(({ state }) => state === 'metadata')) return 'metadata';
  return gone ? 'vanished' : 'drifted';
}

/** Also what a rule ignores: that is told in its own word. */
function isDifferent(item: DriftItem): boolean {
  return isDrift(item) || item.ignored !== undefined;
}

/** Ignored is only what rules name to the last item. */
function driftTold(drift: Drift, file: DriftFile | undefined): Drift {
  if (drift === 'in-sync' || file === undefined) return drift;
  const { items } = file;
  const rest = items.some((item) => isDrift(item) || item.state === 'unknown');
  return !rest && items.some(({ ignored }) => ignored !== undefined) ? 'ignored' : drift;
}

/** What an open run wrote is neither recorded nor wanted anew. */
function pendingIn(file: DriftFile | undefined): number {
  if (file === undefined || file.openRun !== undefined) return 0;
  return file.items.filter(({ state }) => state === 'pending' || state === 'both').length;
}
