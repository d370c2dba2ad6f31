import type { Millis } from '../../../src/model/brand.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import type { Session } from '../../../src/operations/session.ts';
import type { Rig } from './rig.ts';

/** A session of the library on the host of a rig, in its workspace. */
export function openLibrary({ root, env, workspace }: Rig, lockTimeout = 5000): Promise<Session> {
  return openSession({
    root,
    env,
    cwd: workspace.dir,
    actor: 'a program',
    lockTimeout: lockTimeout as Millis,
  });
}
