import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { beyond, obstacleOf } from '../../git/remote/state-relation.ts';
import type { CommitId } from '../../model/brand.ts';
import { historyEntry } from '../history-entry.ts';
import type { Exchange } from './exchange.ts';
import { standsInTheWay } from './push-head.ts';

/** Commits shown; the others are counted. */
const SHOWN = 20;
/** So short a beginning nobody takes from a message. */
const SHORTEST = 7;

/** A pull where both sides have a record, and the remote's has something else. */
interface Question {
  readonly here: CommitId;
  readonly there: CommitId;
  readonly acceptRewrite: string | null;
}

/**
 * Whether the record of the remote may count from now on. Whoever took another host's would speak for two machines; whoever rewrote
 * the branch would decide what setpoint takes for its own work. Gives what the remote had before, where a person accepted that it was
 * rewritten. Throws SP5084, SP5011 (exit 6), SP5086 (exit 6) with what would count no more.
 */
export async function judgeRemote(
  { session, state, remote }: Exchange,
  { here, there, acceptRewrite }: Question,
): Promise<CommitId | null> {
  const { local } = remote;
  const pushed = await remote.pushed();
  const obstacle = await obstacleOf(local, here, there, pushed);
  if (obstacle.is === 'older-copy') return null;
  if (obstacle.is === 'rewritten' && isNamed(there, acceptRewrite)) return pushed;
  const onlyHere = await beyond(local, here, there);
  const onlyThere = (await beyond(local, there, here)).size;
  const counts = { onlyHere: onlyHere.size, onlyThere };
  const refused = standsInTheWay(remote, session.hostName, obstacle, counts);
  if (obstacle.is !== 'rewritten') throw refused;
  const lost = (await state.log(Number.POSITIVE_INFINITY)).filter(({ commit }) =>
    onlyHere.has(commit),
  );
  const lines = lost.slice(0, SHOWN).map((entry) => {
    const { commit, at, status, run, plan } = historyEntry(entry);
    return [commit.slice(0, 12), at, status, plan, run].filter((one) => one !== null).join(' ');
  });
  if (lost.length > SHOWN) lines.push(`and ${String(lost.length - SHOWN)} more`);
  const accept = `setpoint state pull --accept-rewrite=${there.slice(0, 12)}`;
  throw new SetpointError(
    refused.exitCode,
    refused.diagnostics.map((one) => ({
      ...one,
      help: `Find out who did it. The record here is whole; to put it on top of what is there: setpoint state adopt. To go on with what is there all the same: ${accept}`,
      detail: `recorded here, and no part of what is there (it stays beneath it in the history):\n${lines.join('\n')}`,
    })),
  );
}

function isNamed(there: CommitId, named: string | null): boolean {
  return named !== null && named.length >= SHORTEST && there.startsWith(named.toLowerCase());
}
