import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { Blocker } from '../planning/commit-guard.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import { configIfAny } from '../workspace/config-if-any.ts';
import { openRemote } from './open-remote.ts';

/** What the remote has of this host, or why it could not be asked. */
type Asked = { readonly there: CommitId | null } | { readonly problem: SetpointError };

/** A command plans before and under the lock: the remote is asked once. */
const askedBy = new WeakMap<Session, Promise<Asked>>();

/**
 * Nothing may be taken for the original while the record of what was changed is only at the remote. With a record here, or
 * without a remote, nobody is asked. Throws SP5082 (exit 6) when the remote has the record; gives SP5083 when it cannot be asked.
 */
export async function guardLostRecord(
  session: Session,
  config: WorkspaceConfig,
  head: CommitId | null,
): Promise<readonly Blocker[]> {
  const diagnostic = await lostRecord(session, config, head);
  if (diagnostic?.code === 'SP5082') throw new SetpointError(EXIT.stale, [diagnostic]);
  return diagnostic === null ? [] : [{ diagnostic, exitCode: 6, waivedBy: 'new-host' }];
}

/** The same as a warning, for commands that only read: an empty record that they show may not be all there is. */
export async function tellLostRecord(
  session: Session,
  config: WorkspaceConfig | null,
  head: CommitId | null,
): Promise<readonly Diagnostic[]> {
  if (config === null) return [];
  try {
    const diagnostic = await lostRecord(session, config, head);
    return diagnostic === null ? [] : [{ ...diagnostic, severity: 'warning' }];
  } catch (error) {
    // An address that cannot be used has no record; who needs it says so.
    if (error instanceof SetpointError && error.diagnostics[0]?.code === 'SP5081') return [];
    throw error;
  }
}

async function lostRecord(
  session: Session,
  config: WorkspaceConfig,
  head: CommitId | null,
): Promise<Diagnostic | null> {
  // Who plans from a record has asked already.
  if (session.from !== undefined || head !== null) return null;
  const remote = openRemote(session, config);
  if (remote === null) return null;
  const asking = askedBy.get(session) ?? ask(() => remote.ask());
  askedBy.set(session, asking);
  const asked = await asking;
  const { shown, branch } = remote.address;
  if ('problem' in asked) return notAsked(session, shown, asked.problem);
  if (asked.there === null) return null;
  const message = `nothing is recorded here, but ${shown} has a record of ${session.hostName} (${branch} at ${asked.there.slice(0, 12)})`;
  const help =
    'The state directory was lost: setpoint state pull. The machine was installed anew: setpoint state adopt. It is another machine: give it another name in etc/setpoint/host below the root.';
  return { code: 'SP5082', severity: 'error', message, help };
}

/** The same for commands that need no workspace, but find one. SP5083 is thrown as well. */
export async function requireRecord(session: Session): Promise<void> {
  const config = await configIfAny(session);
  if (config === null || config.stateRemote === null) return;
  const head = await openState(session).head();
  const [blocker] = await guardLostRecord(session, config, head);
  if (blocker !== undefined) throw new SetpointError(EXIT.stale, [blocker.diagnostic]);
}

async function ask(question: () => Promise<CommitId | null>): Promise<Asked> {
  try {
    return { there: await question() };
  } catch (error) {
    if (error instanceof SetpointError) return { problem: error };
    throw error;
  }
}

function notAsked(
  { hostName }: Session,
  shown: string,
  { diagnostics }: SetpointError,
): Diagnostic {
  const why = diagnostics[0]?.message ?? shown;
  return {
    code: 'SP5083',
    severity: 'error',
    message: `nothing is recorded here, and whether the remote has a record of ${hostName} is not known: ${why}`,
    help: 'Repair the way to the remote. Only if this host never had a record there: setpoint apply --new-host',
  };
}
