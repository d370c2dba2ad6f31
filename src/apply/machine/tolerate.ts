import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { OpenRun } from './open-run.ts';

/** What `act` gives; `undefined` when it fails: the reason is then in the run's diagnostics, and the run goes on. */
export async function tolerate<T>(
  { diagnostics }: Pick<OpenRun, 'diagnostics'>,
  act: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    diagnostics.push(...error.diagnostics);
    return undefined;
  }
}
