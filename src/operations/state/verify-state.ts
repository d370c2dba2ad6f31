import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { EXIT } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import { askRemote } from './ask-remote.ts';
import { lostOriginals } from './lost-originals.ts';
import { openRemote } from './open-remote.ts';
import type { StateVerifyResult } from './results.ts';

/**
 * `state verify`: every object of the record is there and every file of it can be read, its signatures are accepted by
 * `state.allowedSigners` (if there is one), and the remote has nothing else. Takes no
 * lock, changes nothing. Exit 0 all well (also with commits to push), 1 damaged or the remote cannot be asked, 6 when the
 * remote has commits that are not here.
 */
export async function verifyState(session: Session): Promise<StateVerifyResult> {
  const state = openState(session);
  const head = await state.head();
  const damage: Diagnostic[] = [...(await state.verify())];
  const recorded = await loaded(() => state.load(), damage);
  if (recorded !== null) damage.push(...(await lostOriginals(session, recorded)));
  await loaded(() => state.seen(), damage);
  const config = await configIfAny(session);
  const signatures = damage.length > 0 ? null : await signaturesOf(session, state, config, damage);
  const remote = config === null ? null : openRemote(session, config);
  const asked = remote === null ? null : await askRemote(remote, session, head);
  const problems = [...damage, ...(asked?.problems ?? [])];
  return {
    host: session.hostName,
    head,
    files: recorded?.files.size ?? 0,
    signatures,
    remote:
      remote === null || asked === null
        ? null
        : {
            remote: remote.address.shown,
            branch: remote.address.branch,
            head: asked.there,
            relation: asked.relation,
          },
    problems,
    exitCode: damage.length > 0 ? EXIT.failed : (asked?.exitCode ?? EXIT.done),
  };
}

async function signaturesOf(
  session: Session,
  state: StateRepository,
  config: WorkspaceConfig | null,
  damage: Diagnostic[],
): Promise<StateVerifyResult['signatures']> {
  const file = config?.allowedSigners ?? null;
  const allowed = file === null ? null : resolve(await findWorkspace(session.options.cwd), file);
  const { problems, ...counts } = await state.signatures(allowed);
  damage.push(...problems);
  return { ...counts, checked: allowed !== null };
}

/** What fsck finds missing, reading meets again. */
async function loaded<T>(load: () => Promise<T>, damage: Diagnostic[]): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    damage.push(...error.diagnostics);
    return null;
  }
}
