import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { RunId } from '../../model/brand.ts';
import type { Session } from '../session.ts';
import { imageIn } from './content.ts';
import { findSnapshot } from './find-snapshot.ts';

/** Whether there is a backup of the run with all contents: only then `backup restore` is worth a hint. */
export async function canRestore(session: Session, run: RunId): Promise<boolean> {
  try {
    for (const file of findSnapshot(session, run).files) await imageIn(session, run, file);
    return true;
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return false;
  }
}
