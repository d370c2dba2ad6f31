import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isAncestor } from '../../git/remote/state-relation.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { CommitId } from '../../model/brand.ts';

/**
 * SP5086 where the remote has not got (any more) what it was known to have; null: it has. For a record here that is whole and follows
 * what is there: then nothing is lost.
 */
export async function takenAway(
  remote: StateRemote,
  there: CommitId | null,
): Promise<Diagnostic | null> {
  const known = await remote.pushed();
  if (known === null) return null;
  if (there !== null && (await isAncestor(remote.local, known, there))) return null;
  const { branch, shown } = remote.address;
  return {
    code: 'SP5086',
    severity: 'error',
    message: `${branch} at ${shown} was ${there === null ? 'deleted' : 'set back'}: what was pushed before is not there any more`,
    help: 'Find out who did it; nothing is lost here: setpoint state push brings it back.',
  };
}
