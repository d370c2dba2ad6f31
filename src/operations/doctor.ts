import type { DoctorResult } from './results.ts';
import type { Session } from './session.ts';

/** Looks whether setpoint can work here: git, lock, state directory, file system, processes, workspace. Changes nothing. */
export function doctor(_session: Session): Promise<DoctorResult> {
  throw new Error('under construction');
}
