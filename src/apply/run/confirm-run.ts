import type { Millis } from '../../model/brand.ts';
import { durationText } from '../../model/duration-text.ts';
import type { ActionResult } from '../machine/actions.ts';
import { placeGone } from './require-place.ts';
import { readDecision } from '../journal/decision.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { timeLeft, writeProposal, type Proposal } from '../journal/proposal.ts';
import { keepDecision, obey } from './settle-run.ts';

/**
 * Everything is proven: the decision `keep` is written down, but a person has to make it. From here on a guardian waits, until
 * the time that the proposal names.
 */
export async function proposeRun(run: OpenRun): Promise<ActionResult> {
  const { host } = run.context;
  const within = committed(run).confirmWithin ?? 0;
  const until = host.clock.now();
  until.setTime(until.getTime() + within);
  const proposal: Proposal = {
    ...(await keepDecision(run)),
    confirmation: {
      until: until.toISOString(),
      deadline: host.clock.monotonic() + within,
      bootId: host.bootId,
    },
  };
  await writeProposal(run.folder, proposal);
  run.proposal = proposal;
  // Who interrupts now wants the old files back, not a question.
  if (run.context.signal.aborted) return { is: 'aborted', reason: 'interrupted' };
  tellWaiting(run, proposal);
  return { is: 'done' };
}

/** A guardian waits for the person. Without a confirmation in time the run is taken back and its plan held. Throws PlaceGone. */
export async function awaitDecision(run: OpenRun): Promise<ActionResult> {
  const { proposal, awaitConfirmation, context } = run;
  if (proposal === null || awaitConfirmation === null)
    throw new TypeError('nobody waits for the run');
  tellWaiting(run, proposal);
  const left = Math.max(0, timeLeft(proposal, context.host)) as Millis;
  const ended = await awaitConfirmation(run.folder, left);
  if (ended === 'gone') throw placeGone(context);
  context.lock.describe({ command: 'setpoint guardian' });
  const decision = readDecision(run.folder.decision);
  if (decision !== null) return obey(run, decision);
  const within = durationText(committed(run).confirmWithin ?? 0);
  const reason =
    ended === 'stopped'
      ? 'it was not confirmed before the process that waited for it was told to end'
      : `it was not confirmed within ${within}`;
  // `red`: the plan is held, so that the next scheduled apply does not do it all again.
  return { is: 'red', reason };
}

/** Says so to who listens, and to whoever meets the lock: what it is held for, and how that ends. */
function tellWaiting({ context, header }: OpenRun, { confirmation }: Proposal): void {
  const { run } = header;
  const { until } = confirmation;
  const command = `${WAITING} ${until} for: setpoint confirm ${run}`;
  // An applier that hands over ends now: who meets the lock must be told of the process that stays.
  const { guardian } = context;
  context.lock.describe(guardian === undefined ? { command } : { command, pid: guardian.pid });
  context.listener({ type: 'awaiting-confirmation', run, until });
}

const WAITING = 'setpoint guardian, which waits until';

/** Whether the text of a lock holder is that of a process that waits for a person. */
export function saysWaiting(command: string): boolean {
  return command.startsWith(WAITING);
}
