import type { HostName, Millis, RealPath } from '../../model/brand.ts';
import { openSession } from '../open-session.ts';
import type { Session } from '../session.ts';

/** Where a recovery program works: told by whoever starts it, because it has neither a workspace nor anybody's environment. */
export interface RecoveryPlace {
  readonly root: string;
  readonly stateDir: RealPath;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A session without a workspace. `actor` shows in nothing: a run keeps the one who began it. */
export async function recoverySession(
  { root, stateDir, env }: RecoveryPlace,
  hostName: HostName,
  lockTimeout: Millis,
): Promise<Session> {
  const options = { root, host: hostName, cwd: '/', env, actor: 'setpoint recovery', lockTimeout };
  const session = await openSession(options);
  return { ...session, host: { ...session.host, stateDir } };
}
