import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';

/** The SetpointError that `body` throws; anything else fails the test. */
export async function errorOf(body: () => unknown): Promise<SetpointError> {
  try {
    await body();
  } catch (error) {
    if (error instanceof SetpointError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
