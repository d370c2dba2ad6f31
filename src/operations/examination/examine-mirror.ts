import { readMirror } from '../backups/read-mirror.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';
import { doubtful, fine } from './finding.ts';

const NAME = 'mirror';

/** Whether the mirror has every backup: a directory is looked at, a remote is not asked. */
export async function mirrorFinding(session: Session): Promise<Finding> {
  const told = await readMirror(session);
  if (told === null) return fine(NAME, 'no workspace here names one (backups.mirror)');
  const { mirror, lacks, since, problem } = told;
  if (lacks === 0 && since === null && problem === null) {
    return fine(NAME, `${mirror} has every backup`);
  }
  const time = since === null ? '' : ` since ${since}`;
  const backups = lacks === 1 ? '1 backup' : `${lacks} backups`;
  const detail = `${mirror} lacks ${backups}${time}${problem === null ? '' : `: ${problem}`}`;
  return doubtful(NAME, detail, 'put that right, then: setpoint backup prune');
}
