import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import {
  commitsBeyond,
  managedOnlyIn,
  obstacleOf,
  relationTo,
} from '../../git/remote/state-relation.ts';
import type { Obstacle } from '../../git/remote/state-relation.ts';
import type { StateRemote } from '../../git/remote/state-remote.ts';
import type { CommitId, HostName, HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { takenAway } from './taken-away.ts';

/** Files named in a message; the others are counted. */
const SHOWN = 20;

/** What a push did. */
export interface HeadPushed {
  /** Commits that the remote had not got. */
  readonly count: number;
  /** SP5086, as a warning: the branch had been deleted or set back, and this push brought it back. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Pushes the record here and remembers that. Throws SP5080 (exit 1) when
 * it does not work, SP5084 to SP5086 (exit 6) when the remote has something else; both histories stay as they are then.
 */
export async function pushHead(
  remote: StateRemote,
  head: CommitId,
  host: HostName,
): Promise<HeadPushed> {
  const end = await remote.push(head);
  if (end === 'moved') throw await inTheWay(remote, head, host);
  const count = await commitsBeyond(remote.local, head, end.was);
  const gone = await takenAway(remote, end.was);
  await remote.notePushed(head);
  return { count, problems: gone === null ? [] : [broughtBack(gone)] };
}

function broughtBack(gone: Diagnostic): Diagnostic {
  const help = 'This push brought it back, and nothing is lost. Find out who did it.';
  return { ...gone, severity: 'warning', help };
}

/** Fetches what is there instead of `head`: SP5011, SP5084 to SP5086 by what it is; SP5080 where it moved meanwhile, or is thrown. */
export async function inTheWay(
  remote: StateRemote,
  head: CommitId,
  host: HostName,
): Promise<SetpointError> {
  const { local } = remote;
  const there = await remote.fetch();
  const relation = there === null ? 'ahead' : await relationTo(local, head, there);
  // Somebody put it right in this moment.
  if (there === null || relation === 'ahead' || relation === 'same') return again(remote);
  const obstacle = await obstacleOf(local, head, there, await remote.pushed());
  const onlyHere = await commitsBeyond(local, head, there);
  const onlyThere = await commitsBeyond(local, there, head);
  const refusal = standsInTheWay(remote, host, obstacle, { onlyHere, onlyThere });
  if (obstacle.is !== 'older-copy') return refusal;
  return withForgotten(refusal, await managedOnlyIn(local, there, head));
}

/** Files that a `state adopt` would never give back. */
function withForgotten(refusal: SetpointError, files: readonly HostPath[]): SetpointError {
  if (files.length === 0) return refusal;
  const shown: string[] = files.slice(0, SHOWN);
  if (files.length > SHOWN) shown.push(`and ${String(files.length - SHOWN)} more`);
  const detail = `managed only there; what they were before is not recorded here:\n${shown.join('\n')}`;
  const { exitCode, diagnostics } = refusal;
  return new SetpointError(
    exitCode,
    diagnostics.map((one) => ({ ...one, detail })),
  );
}

function again({ address }: StateRemote): SetpointError {
  const message = `recorded state was not pushed: ${address.shown}: the branch ${address.branch} moved meanwhile`;
  const help = 'Run the command again.';
  return new SetpointError(EXIT.failed, [{ code: 'SP5080', severity: 'error', message, help }]);
}

/** Commits that only one side has. */
interface Counts {
  readonly onlyHere: number;
  readonly onlyThere: number;
}

/** SP5011, SP5084, SP5085 or SP5086, each with its way out. */
export function standsInTheWay(
  { address: { shown, branch } }: Pick<StateRemote, 'address'>,
  host: HostName,
  obstacle: Obstacle,
  { onlyHere, onlyThere }: Counts,
): SetpointError {
  const where = `${branch} at ${shown}`;
  const counts = `${String(onlyThere)} commits are only there, ${String(onlyHere)} only here`;
  switch (obstacle.is) {
    case 'other-host':
      return refused('SP5084', {
        message: `two hosts of one name: ${where} is the record of host id ${obstacle.there}; this ${host} has host id ${obstacle.here}`,
        help: 'Two machines: on one of them release what it manages (apply without its plans), remove its state directory, then give it another name (etc/setpoint/host below its root). One machine, installed anew: setpoint state adopt',
      });
    case 'older-copy':
      return refused('SP5085', {
        message: `the record here is an older copy, or a clone of this host works as well: ${where} has other runs of the same host id (${counts})`,
        help: 'What files were before those runs is recorded only there: setpoint state pull. Only where the whole disk was put back, managed files too: setpoint state adopt. Neither loses a commit.',
      });
    case 'rewritten':
      return refused('SP5086', {
        message: `${where} was rewritten: what was pushed before is not there any more (${counts})`,
        help: 'Find out who did it. The record here is whole; to put it on top of what is there: setpoint state adopt',
      });
    case 'damaged':
      return refused('SP5011', {
        message: `${where} is damaged: its host.json cannot be read, so nobody can tell whose record it is`,
        help: 'Find out who wrote it: git log there. The record here is whole; to put it on top of what is there: setpoint state adopt',
      });
    default:
      return obstacle satisfies never;
  }
}

function refused(
  code: 'SP5011' | 'SP5084' | 'SP5085' | 'SP5086',
  words: { readonly message: string; readonly help: string },
): SetpointError {
  return new SetpointError(EXIT.stale, [{ code, severity: 'error', ...words }]);
}
