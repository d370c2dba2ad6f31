import { stateAddress } from '../../git/remote/state-address.ts';
import { statePlace } from '../../git/record/state-paths.ts';
import { openStateRemote } from '../../git/remote/state-remote.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { HeldLock } from '../../host/ports.ts';
import type { Millis } from '../../model/brand.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';

/** A command that did its work must not hang on a network. */
const SHORT = 10_000 as Millis;
/** Somebody waits for just this: a long history over a slow line. */
export const PATIENT = 120_000 as Millis;

/** The remote of a workspace for the session's host; null when it names none. Throws SP5081 (exit 65). Asks nobody. */
export function openRemote(
  session: Session,
  config: WorkspaceConfig,
  options: { readonly lock?: HeldLock; readonly limit?: Millis } = {},
): StateRemote | null {
  const { stateRemote: remote, stateBranch: branch } = config;
  if (remote === null) return null;
  const { host, hostName } = session;
  return openStateRemote({
    place: statePlace(host.stateDir, hostName),
    address: stateAddress({ remote, branch }, hostName, host.stateDir),
    env: session.options.env,
    commands: host.commands,
    clock: host.clock,
    limit: options.limit ?? SHORT,
    lockFd: options.lock?.fd,
  });
}
