import { appendAudit } from '../../git/audit-log.ts';
import { composeMessage, TRAILER } from '../../git/commit-message.ts';
import type { Trailer } from '../../git/commit-message.ts';
import { commitsBeyond, hostIdAt, relationTo } from '../../git/state-relation.ts';
import type { CommitId } from '../../model/brand.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';
import { NOTHING, underExchange } from './exchange.ts';
import type { Exchange, ExchangeEnd } from './exchange.ts';
import { pushHead, standsInTheWay } from './push-head.ts';
import type { StateExchangeResult } from './results.ts';

/** `--reason`, in the person's words. */
interface Wish {
  readonly reason: string | null;
}

/**
 * `state pull`: what the remote has recorded of this host counts from now on. What is recorded here and not there stays in the
 * history, beneath it. Throws SP5084 (exit 6) when the remote's is another host's, SP5010, SP5011 when it cannot be read,
 * SP5080, SP5088 (exit 1), and as underExchange. Changes no managed file.
 */
export function pullState(session: Session, wish: Wish): Promise<StateExchangeResult> {
  return underExchange(session, 'state pull', async (exchange) => {
    const { state, remote } = exchange;
    const here = await state.head();
    const there = await fetched(exchange);
    if (here !== null) {
      const relation = await relationTo(remote.local, here, there);
      if (relation === 'same' || relation === 'ahead') return upToDate(exchange, there);
      await refuseOtherHost(exchange, here, there);
    }
    await state.loadAt(there);
    const audit = await audited(session, 'state-pulled', { here, there, ...wish });
    const behind = here === null || (await relationTo(remote.local, here, there)) === 'behind';
    if (behind) {
      await state.advance(there, here);
      await remote.notePushed(there);
      return { ...NOTHING, did: here === null ? 'pulled' : 'forwarded' };
    }
    const tree = `${there}^{tree}`;
    const subject = 'joined: the record of the remote counts';
    const parents = [there, here];
    return joined(exchange, here, 'joined', { tree, subject, parents, there, audit, ...wish });
  });
}

/**
 * `state adopt`: what is recorded here counts, or an empty record where nothing is; the remote's history stays beneath it, so that
 * it can be pushed. Errors as pullState, but not SP5084: this is its way out. Changes no managed file.
 */
export function adoptState(session: Session, wish: Wish): Promise<StateExchangeResult> {
  return underExchange(session, 'state adopt', async (exchange) => {
    const { state, remote } = exchange;
    const here = await state.head();
    const there = await fetched(exchange);
    if (here !== null) {
      const relation = await relationTo(remote.local, here, there);
      if (relation === 'same' || relation === 'ahead') return upToDate(exchange, there);
    }
    const audit = await audited(session, 'state-adopted', { here, there, ...wish });
    if (here === null) {
      const tree = await state.prepare(null, { files: [], plans: [] });
      const subject = 'joined: an empty record of this host begins';
      return joined(exchange, here, 'begun', {
        tree,
        subject,
        parents: [there],
        there,
        audit,
        ...wish,
      });
    }
    const tree = `${here}^{tree}`;
    const subject = 'joined: the record of this host counts';
    const parents = [here, there];
    return joined(exchange, here, 'joined', { tree, subject, parents, there, audit, ...wish });
  });
}

async function fetched({ session, remote }: Exchange): Promise<CommitId> {
  const there = await remote.fetch();
  if (there !== null) return there;
  const { shown, branch } = remote.address;
  throw new SetpointError(EXIT.failed, [
    {
      code: 'SP5088',
      severity: 'error',
      message: `${shown} has no record of ${session.hostName} (no branch ${branch})`,
      help: 'The first push makes it: setpoint apply, or setpoint state push',
    },
  ]);
}

async function upToDate({ remote }: Exchange, there: CommitId): Promise<ExchangeEnd> {
  await remote.notePushed(there);
  return NOTHING;
}

/** Whoever took another host's record would speak for two machines. */
async function refuseOtherHost(
  { session, remote }: Exchange,
  here: CommitId,
  there: CommitId,
): Promise<void> {
  const { local } = remote;
  const [idHere, idThere] = [await hostIdAt(local, here), await hostIdAt(local, there)];
  if (idHere === idThere) return;
  const counts = {
    onlyHere: await commitsBeyond(local, here, there),
    onlyThere: await commitsBeyond(local, there, here),
  };
  const ids = { here: idHere ?? 'unknown', there: idThere ?? 'unknown' };
  throw standsInTheWay(remote, session.hostName, { is: 'other-host', ...ids }, counts);
}

/** A row of the audit log, before anything is changed; gives its hash. */
async function audited(
  { host, hostName, options }: Session,
  event: 'state-pulled' | 'state-adopted',
  fields: { here: CommitId | null; there: CommitId; reason: string | null },
): Promise<string> {
  const time = host.clock.now().toISOString();
  const row = { time, event, host: hostName, actor: options.actor, ...fields };
  return (await appendAudit(host.stateDir, row)).head;
}

interface Joining {
  readonly tree: string;
  readonly subject: string;
  readonly parents: readonly CommitId[];
  readonly there: CommitId;
  readonly audit: string;
  readonly reason: string | null;
}

/** The branch moves to the joining commit; that the remote gets it, too, can wait. */
async function joined(
  { session, state, remote }: Exchange,
  here: CommitId | null,
  did: 'joined' | 'begun',
  { tree, subject, parents, there, audit, reason }: Joining,
): Promise<ExchangeEnd> {
  const trailers: Trailer[] = [
    { key: TRAILER.status, value: 'joined' },
    { key: TRAILER.actor, value: session.options.actor },
    { key: TRAILER.auditHead, value: audit },
  ];
  const lines = reason === null ? [] : [reason];
  const message = composeMessage({ subject, lines, trailers });
  const date = Math.floor(session.host.clock.now().getTime() / 1000);
  const commit = await state.writeJoining({ tree, parents, message, date });
  await state.advance(commit, here);
  await remote.notePushed(there);
  try {
    return { did, pushed: await pushHead(remote, commit, session.hostName), problems: [] };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const problems = error.diagnostics.map((one) => ({ ...one, severity: 'warning' as const }));
    return { did, pushed: 0, problems };
  }
}
