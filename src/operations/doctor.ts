import { EXIT } from '../model/outcome.ts';
import { examineHost } from './examination/examine-host.ts';
import { examineRecords } from './examination/examine-records.ts';
import type { DoctorResult } from './results.ts';
import type { Session } from './session.ts';

/**
 * Looks whether setpoint can work here: locks, state directory and file system, processes, recorded state, audit chain, open
 * runs, workspace. Changes nothing. Exit 1 when a finding is an error.
 */
export async function doctor(session: Session): Promise<DoctorResult> {
  const findings = [...(await examineHost(session)), ...(await examineRecords(session))];
  const failed = findings.some((finding) => finding.verdict === 'error');
  return { findings, exitCode: failed ? EXIT.failed : EXIT.done };
}
