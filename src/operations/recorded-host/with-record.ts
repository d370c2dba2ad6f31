import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { NoAnswer } from '../../git/remote/no-answer.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { CommitId, HostName, RealPath } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { openState } from '../open-state.ts';
import type { Session, UnnamedSession } from '../session.ts';
import { openRemote, PATIENT } from '../state/open-remote.ts';

/** What several hosts have in common whose records are asked for one after the other. */
export interface RecordsAsked {
  /** The remote is not asked again for the next host: that would take as long for each. */
  noAnswer: NoAnswer | null;
}

/**
 * Runs `work` with a session that plans a host from its record: the record of this machine when it is of that host, else the one
 * that `state.remote` has, fetched into a directory that is removed afterwards. A host without a record has an empty one. Throws
 * SP5080 when the remote cannot be asked, SP5081 for its address.
 */
export async function withRecord<T>(
  session: UnnamedSession,
  config: WorkspaceConfig,
  hostName: HostName,
  work: (session: Session) => Promise<T>,
  asked: RecordsAsked = { noAnswer: null },
): Promise<T> {
  const named: Session = { ...session, hostName };
  if (await hasRecord(named)) return work({ ...named, from: { record: 'this machine' } });
  const stateDir = (await mkdtemp(join(tmpdir(), 'setpoint-record-'))) as RealPath;
  const away: Session = { ...named, host: { ...session.host, stateDir } };
  try {
    const remote = openRemote(away, config, { limit: PATIENT });
    const head = remote === null ? null : await fetchedHead(remote, asked);
    if (head !== null) await openState(away).advance(head, null);
    const origin = remote?.address;
    return await work({ ...away, from: { record: origin?.shown ?? null, origin } });
  } finally {
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function fetchedHead(remote: StateRemote, asked: RecordsAsked): Promise<CommitId | null> {
  if (asked.noAnswer !== null) throw asked.noAnswer;
  try {
    return await remote.fetch();
  } catch (error) {
    if (error instanceof NoAnswer) asked.noAnswer = error;
    throw error;
  }
}

/** SP5016: the record here is another host's. */
async function hasRecord(session: Session): Promise<boolean> {
  try {
    return (await openState(session).head()) !== null;
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    if (error.diagnostics.some(({ code }) => code === 'SP5016')) return false;
    throw error;
  }
}
