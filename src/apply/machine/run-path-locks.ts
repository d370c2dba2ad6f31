import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Host, HeldPaths } from '../../host/ports.ts';
import type { HostPath, Millis } from '../../model/brand.ts';
import type { OpenRun } from './open-run.ts';

/** For a run's files when nobody said otherwise: a writer holds a path for the time of one small write. */
const TIMEOUT = 5000 as Millis;
/** Recovery waits longer: nobody is there to try it again. */
const RECOVERY_TIMEOUT = 15_000 as Millis;

const NOTHING: HeldPaths = { release: () => undefined };

/** Keeps library writes off a run's files until it is settled. Errors: SP6080 (exit 5), before anything is changed. */
export function lockRunPaths(
  { pathLocks }: Pick<Host, 'pathLocks'>,
  paths: readonly HostPath[],
  timeout: Millis = TIMEOUT,
): Promise<HeldPaths> {
  return pathLocks.acquire(paths, timeout);
}

/**
 * The same in recovery, which goes on without them when they cannot be had: old files that do not return are worse than a
 * writer who hangs, and that one looks at the file once more before it writes.
 */
export async function lockRecoveredPaths(
  run: OpenRun,
  paths: readonly HostPath[],
): Promise<HeldPaths> {
  try {
    const { host, lockTimeout } = run.context;
    return await host.pathLocks.acquire(paths, lockTimeout ?? RECOVERY_TIMEOUT);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const message = error.diagnostics.map((diagnostic) => diagnostic.message).join('; ');
    run.diagnostics.push({
      code: 'SP4261',
      severity: 'warning',
      message: `the run was settled without the locks of its files: ${message}`,
    });
    return NOTHING;
  }
}
