import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import { commitsBeyond } from '../../git/remote/state-relation.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { isSamePlan } from '../../model/plan-key.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import { requireRecord, tellLostRecord } from './lost-record.ts';
import { openRemote } from './open-remote.ts';
import type { RemoteTold, StateListResult, StateShowResult } from './results.ts';

/** `state list`: every managed file. Takes no lock, changes nothing; asks a remote only when nothing is recorded here. */
export async function listState(session: Session): Promise<StateListResult> {
  const { host, hostId, head, files } = await openState(session).load();
  const warnings =
    head === null ? await tellLostRecord(session, await configIfAny(session), head) : [];
  return {
    host,
    warnings,
    hostId: hostId === '' ? null : hostId,
    head,
    files: [...files.values()]
      .map((file) => ({
        path: file.path,
        kind: file.kind,
        items: Object.keys(file.items).length,
        owners: ownersOf(file),
        lastRun: file.lastRun,
        state: file.state,
      }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/**
 * `state show PATH`: everything recorded about one file. Throws SP5089 (exit 64) for a path that is not managed, SP5082,
 * SP5083 (exit 6) where nothing is recorded here and may be elsewhere.
 */
export async function showState(session: Session, path: HostPath): Promise<StateShowResult> {
  const state = openState(session);
  const { host, head, files, plans } = await state.load();
  const file = files.get(path);
  if (head === null) await requireRecord(session);
  if (file === undefined || head === null) throw notManaged(path);
  const owners = ownersOf(file);
  const [verified, original] = [await state.copyOf(path), await state.originalOf(path)];
  return {
    host,
    head,
    file,
    plans: plans.filter((record) => owners.some((owner) => isSamePlan(owner, record))),
    copies: { verified: verified !== null, original: original !== null },
    ...(file.record === 'full' ? {} : { aside: await keptAside(state, path) }),
  };
}

async function keptAside(
  state: StateRepository,
  path: HostPath,
): Promise<NonNullable<StateShowResult['aside']>> {
  const has = (contents: ReadonlyMap<HostPath, unknown>): boolean => contents.has(path);
  return {
    verified: has(await state.contents([path])),
    original: has(await state.originalContents([path])),
  };
}

function ownersOf({ items }: ManagedFile): StateListResult['files'][number]['owners'] {
  const owners = Object.values(items).map(({ owner: { workspace, plan } }) => ({
    workspace,
    plan,
  }));
  const byName = new Map(owners.map((owner) => [`${owner.workspace}/${owner.plan}`, owner]));
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, owner]) => owner);
}

/** What is known of the workspace's remote; null outside of a workspace, or when it names none that can be used. */
export async function readRemote(
  session: Session,
  head: CommitId | null,
): Promise<RemoteTold | null> {
  const config = await configIfAny(session);
  const remote = config === null ? null : usable(() => openRemote(session, config));
  if (remote === null) return null;
  const { shown, branch } = remote.address;
  const pushed = await remote.pushed();
  const notPushed = head === null ? 0 : await commitsBeyond(remote.local, head, pushed);
  return { remote: shown, branch, notPushed, blocked: (await remote.met()) !== null };
}

/** Null for an address that cannot be used: who needs it says so. */
export function usable<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof SetpointError) return null;
    throw error;
  }
}

function notManaged(path: HostPath): SetpointError {
  const message = `nothing is recorded about ${path}`;
  const help = 'setpoint state list shows every managed file';
  return new SetpointError(EXIT.usage, [{ code: 'SP5089', severity: 'error', message, help }]);
}
