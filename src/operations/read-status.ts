import { openJournals } from '../apply/journal/journal-file.ts';
import { forPerson } from '../apply/journal/for-person.ts';
import { timeLeft } from '../apply/journal/proposal.ts';
import { waitingRuns } from '../apply/run/waiting-run.ts';
import type { LockHolder } from '../host/ports.ts';
import type { HostPath, Millis } from '../model/brand.ts';
import type { ObservedFile } from '../model/file-image.ts';
import type { ManagedFile } from '../model/recorded-state.ts';
import { openState } from './open-state.ts';
import { observeAll } from './planning/observe-files.ts';
import type { StatusResult } from './results.ts';
import { runLockFile } from './running/under-run-lock.ts';
import type { Session } from './session.ts';

/** What is recorded and whether live files still equal it. Takes no lock, changes nothing. */
export async function readStatus(session: Session): Promise<StatusResult> {
  const { host } = session;
  // Asked before the journals are read: a run that ends in between is then shown as running, never as left open.
  const holder = await host.locks.holder(runLockFile(session));
  const recorded = await openState(session).load();
  const observed = await observeAll(host, [...recorded.files.keys()]);
  return {
    host: session.hostName,
    hostId: recorded.hostId === '' ? null : recorded.hostId,
    head: recorded.head,
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
    openRuns: openRuns(session),
    holder: holder === null ? null : asHolder(holder),
  };
}

function openRuns({ host }: Session): StatusResult['openRuns'] {
  const waiting = new Map(waitingRuns(host.stateDir).map((run) => [run.journal.header.run, run]));
  const isForPerson = forPerson(host.stateDir);
  return openJournals(host.stateDir).map((journal) => {
    const { run, plan } = journal.header;
    const waits = waiting.get(run);
    if (waits === undefined) {
      const failed = isForPerson(journal);
      const blocks = failed ? journal.files.map(({ path }) => path) : [];
      return { run, plan, state: failed ? 'revert-failed' : journal.phase, blocks };
    }
    const left = Math.max(0, Math.round(timeLeft(waits.proposal, host))) as Millis;
    const confirm = { until: waits.proposal.confirmation.until, left };
    return { run, plan, state: 'awaiting-confirmation', blocks: [], confirm };
  });
}

/** Without what the lock file says for machines. */
function asHolder({ pid, command, run, since }: LockHolder): StatusResult['holder'] {
  return { pid, command, run, since };
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
