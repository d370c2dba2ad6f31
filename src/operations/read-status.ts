import type { HostPath } from '../model/brand.ts';
import type { ObservedFile } from '../model/file-image.ts';
import type { ManagedFile } from '../model/recorded-state.ts';
import { openState } from './open-state.ts';
import { observeAll } from './planning/observe-files.ts';
import type { StatusResult } from './results.ts';
import { readOpenRuns } from './running/open-runs.ts';
import type { Session } from './session.ts';
import { readRemote } from './state/read-state.ts';

/** What is recorded and whether live files still equal it. Takes no lock, changes nothing. */
export async function readStatus(session: Session): Promise<StatusResult> {
  const { host } = session;
  const { holder, openRuns } = await readOpenRuns(session);
  const recorded = await openState(session).load();
  const observed = await observeAll(host, [...recorded.files.keys()]);
  return {
    host: session.hostName,
    hostId: recorded.hostId === '' ? null : recorded.hostId,
    head: recorded.head,
    remote: await readRemote(session, recorded.head),
    files: [...recorded.files].map(([path, file]) => ({
      path,
      items: Object.keys(file.items).length,
      owners: [...new Set(Object.values(file.items).map((item) => item.owner.plan))].sort(),
      drift: driftOf(path, file, observed),
    })),
    plans: recorded.plans.map((record) => ({
      plan: record.plan,
      workspace: record.workspace,
      run: record.run,
      commit: record.commit,
      held: record.hold === null ? null : { run: record.hold.run, reason: record.hold.reason },
    })),
    openRuns,
    holder,
  };
}

type Drift = StatusResult['files'][number]['drift'];

function driftOf(
  path: HostPath,
  file: ManagedFile,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): Drift {
  const content = observed.get(path)?.content;
  if (content?.kind !== 'file') {
    if (content?.kind === 'absent') return file.state === null ? 'in-sync' : 'vanished';
    return 'drifted';
  }
  if (file.state === null || content.state.sha256 !== file.state.sha256) return 'drifted';
  const { mode, uid, gid } = content.state;
  const sameOwner = uid === file.state.uid && gid === file.state.gid;
  return mode === file.state.mode && sameOwner ? 'in-sync' : 'metadata';
}
