import { appendAudit } from '../../git/audit/audit-log.ts';
import { composeMessage, TRAILER } from '../../git/record/commit-message.ts';
import type { Trailer } from '../../git/record/commit-message.ts';
import { relationTo, treeOf } from '../../git/remote/state-relation.ts';
import type { StateRelation } from '../../git/remote/state-relation.ts';
import type { CommitId } from '../../model/brand.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import { requireSigning } from '../running/require-signing.ts';
import type { Session } from '../session.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';
import { NOTHING, underExchange } from './exchange.ts';
import type { Exchange, ExchangeEnd } from './exchange.ts';
import { judgeRemote } from './judge-remote.ts';
import { pushHead } from './push-head.ts';
import type { StateExchangeResult } from './results.ts';
import { takenAway } from './taken-away.ts';

/** `--reason`, in the person's words. */
interface Wish {
  readonly reason: string | null;
}

interface PullWish extends Wish {
  /** `--accept-rewrite`: the remote's commit, or its beginning, that is taken although the branch was rewritten. */
  readonly acceptRewrite: string | null;
}

/**
 * `state pull`: what the remote has recorded of this host counts from now on. What is recorded here and not there stays in the
 * history, beneath it. Throws SP5084 (exit 6) when the remote's is another host's, SP5086 (exit 6) when it was rewritten and that was
 * not accepted, or was deleted or set back, SP5010, SP5011 when it cannot be read,
 * SP5080, SP5088 (exit 1), SP5095 (exit 7) when its commit cannot be signed, and as underExchange. Changes no managed file.
 */
export function pullState(
  session: Session,
  { acceptRewrite, reason }: PullWish,
): Promise<StateExchangeResult> {
  return underExchange(session, 'state pull', async (exchange) => {
    const { state, remote } = exchange;
    const here = await state.head();
    const there = await fetched(exchange, here);
    let rewritten: CommitId | null = null;
    if (here !== null) {
      const relation = await relationTo(remote.local, here, there);
      if (hasAll(relation)) return upToDate(exchange, there);
      rewritten = await judgeRemote(exchange, { here, there, acceptRewrite });
    }
    await openState(session, undefined, { origin: remote.address }).loadAt(there);
    const behind = here !== null && (await relationTo(remote.local, here, there)) === 'behind';
    return counts(exchange, {
      status: 'pulled',
      did: here === null ? 'pulled' : behind ? 'forwarded' : 'joined',
      tree: await treeOf(remote.local, there),
      parents: here === null || behind ? [there] : [there, here],
      here,
      there,
      reason,
      rewritten,
    });
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
    const there = await fetched(exchange, here);
    if (here !== null) {
      const relation = await relationTo(remote.local, here, there);
      if (hasAll(relation)) return upToDate(exchange, there);
    }
    const empty = here === null;
    return counts(exchange, {
      status: 'adopted',
      did: empty ? 'begun' : 'joined',
      tree: empty
        ? await state.prepare(null, { files: [], plans: [] })
        : await treeOf(remote.local, here),
      parents: empty ? [there] : [here, there],
      here,
      there,
      ...wish,
    });
  });
}

/** Also refuses a branch that was deleted or set back: a pull or adopt has nothing to do there, and must not forget what was pushed. */
async function fetched({ session, remote }: Exchange, here: CommitId | null): Promise<CommitId> {
  const there = await remote.fetch();
  if (here !== null && (there === null || hasAll(await relationTo(remote.local, here, there)))) {
    const gone = await takenAway(remote, there);
    if (gone !== null) {
      await remote.forgetMet();
      throw new SetpointError(EXIT.stale, [gone]);
    }
  }
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

/** The record here has all that is there. */
function hasAll(relation: StateRelation): boolean {
  return relation === 'same' || relation === 'ahead';
}

async function upToDate({ remote }: Exchange, there: CommitId): Promise<ExchangeEnd> {
  await remote.notePushed(there);
  return NOTHING;
}

interface Choice extends Wish {
  readonly status: 'pulled' | 'adopted';
  readonly did: ExchangeEnd['did'];
  /** What is recorded from now on. */
  readonly tree: string;
  readonly parents: readonly CommitId[];
  readonly here: CommitId | null;
  readonly there: CommitId;
  /** What the remote had before it was rewritten, and a person took what is there now. */
  readonly rewritten?: CommitId | null;
}

const SUBJECTS = {
  pulled: 'pulled: the record of the remote counts',
  adopted: 'adopted: the record of this host counts',
};

/**
 * A commit of its own on top of what counts and of what is kept beneath: it says who chose, goes on with the audit log of this
 * machine, and lets a clone that did the same be noticed at its first push. That the remote gets it, too, can wait.
 */
async function counts(
  { session, state, remote }: Exchange,
  { status, did, tree, parents, here, there, reason, rewritten = null }: Choice,
): Promise<ExchangeEnd> {
  const { host, hostName, options } = session;
  const { signingKey } = await loadWorkspaceConfig(options.cwd);
  await requireSigning(state, signingKey);
  const now = host.clock.now();
  const accepted = rewritten === null ? {} : { rewritten };
  const row = { host: hostName, actor: options.actor, here, there, reason, ...accepted };
  const event = { time: now.toISOString(), event: `state-${status}`, ...row };
  const { head: audit } = await appendAudit(host.stateDir, event);
  const trailers: Trailer[] = [
    { key: TRAILER.status, value: status },
    { key: TRAILER.actor, value: options.actor },
    { key: TRAILER.auditHead, value: audit },
  ];
  const lines = [
    ...(reason === null ? [] : [reason]),
    ...(rewritten === null ? [] : [`accepted: the branch was rewritten, it had ${rewritten}`]),
  ];
  const message = composeMessage({ subject: SUBJECTS[status], lines, trailers });
  const date = Math.floor(now.getTime() / 1000);
  const spec = { tree, parents, message, date };
  const commit = await state.writeJoining(
    signingKey === null ? spec : await state.sign(spec, signingKey),
  );
  await state.advance(commit, here);
  await remote.notePushed(there);
  try {
    const { count, problems } = await pushHead(remote, commit, hostName);
    return { did, pushed: count, problems };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const problems = error.diagnostics.map((one) => ({ ...one, severity: 'warning' as const }));
    return { did, pushed: 0, problems };
  }
}
