import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { relationTo } from '../../git/remote/state-relation.ts';
import type { StateRelation } from '../../git/remote/state-relation.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { CommitId } from '../../model/brand.ts';
import type { ExitCode } from '../../model/outcome.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';
import { takenAway } from './taken-away.ts';

interface Asked {
  readonly there: CommitId | null;
  readonly relation: StateRelation | null;
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/** Whether the remote has what is recorded here and nothing else. Fetches nothing; that it cannot be asked is a problem, too (exit 1). */
export async function askRemote(
  remote: StateRemote,
  { hostName }: Session,
  head: CommitId | null,
): Promise<Asked> {
  try {
    const there = await remote.ask();
    const relation =
      head === null || there === null ? null : await relationTo(remote.local, head, there);
    const fine = { there, relation, problems: [], exitCode: EXIT.done };
    const { shown, branch } = remote.address;
    const where = `${branch} at ${shown}`;
    if (there === null || relation === 'same' || relation === 'ahead') {
      const gone = await takenAway(remote, there);
      return gone === null ? fine : { ...fine, problems: [gone], exitCode: EXIT.stale };
    }
    const problem: Diagnostic =
      head === null
        ? {
            code: 'SP5082',
            severity: 'error',
            message: `nothing is recorded here, but ${where} is a record of ${hostName}`,
            help: 'setpoint state pull, or setpoint state adopt on a machine that was installed anew',
          }
        : {
            code: 'SP5085',
            severity: 'error',
            message: `${where} has commits that are not recorded here`,
            help: 'setpoint state push tells why and names the way out',
          };
    return { ...fine, problems: [problem], exitCode: EXIT.stale };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return { there: null, relation: null, problems: error.diagnostics, exitCode: EXIT.failed };
  }
}
