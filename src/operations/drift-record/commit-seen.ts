import { appendAudit } from '../../git/audit/audit-log.ts';
import { composeMessage, TRAILER } from '../../git/record/commit-message.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { CommitId } from '../../model/brand.ts';
import type { SeenState } from '../../plan/recording/seen-state.ts';
import { requireSigning } from '../running/require-signing.ts';
import type { Session } from '../session.ts';

interface Head {
  readonly head: CommitId | null;
  /** `state.signingKey`: what commits are signed with, when they are. */
  readonly signingKey: string | null;
}

/**
 * One commit, status `observed`, that belongs to no run, and a row of the audit log; null when everything is recorded already. The
 * caller holds the run lock. Errors: SP5xxx; SP5095 (exit 7) before anything is written.
 */
export async function commitSeen(
  { host, hostName, options }: Session,
  state: Pick<StateRepository, 'prepare' | 'sign' | 'writeCommit' | 'advance'>,
  { head, signingKey }: Head,
  { change, edited, unobserved, again, seen, dropped }: SeenState,
): Promise<CommitId | null> {
  const count = [edited, unobserved, again, seen, dropped].flat().length;
  if (count === 0) return null;
  await requireSigning(state, signingKey);
  const tree = await state.prepare(head, change);
  const now = host.clock.now();
  const counts = {
    edited: edited.length,
    unobserved: unobserved.length,
    again: again.length,
    seen: seen.length,
    dropped: dropped.length,
  };
  const row = { host: hostName, actor: options.actor, ...counts };
  const event = { time: now.toISOString(), event: 'drift-recorded', ...row };
  const { head: audit } = await appendAudit(host.stateDir, event);
  const message = composeMessage({
    subject: `observed: ${String(count)} ${count === 1 ? 'file' : 'files'}`,
    lines: [
      ...edited.map((path) => `~ ${path} (edited by others)`),
      ...unobserved.map((path) => `! ${path} (cannot be observed)`),
      ...again.map((path) => `= ${path} (observed again, as recorded)`),
      ...seen.map((path) => `? ${path} (seen, not managed)`),
      ...dropped.map((path) => `- ${path} (no longer only seen)`),
    ],
    trailers: [
      { key: TRAILER.status, value: 'observed' },
      { key: TRAILER.actor, value: options.actor },
      { key: TRAILER.auditHead, value: audit },
    ],
  });
  const date = Math.floor(now.getTime() / 1000);
  const spec = { tree, parent: head, message, date };
  const commit = await state.writeCommit(
    signingKey === null ? spec : await state.sign(spec, signingKey),
  );
  await state.advance(commit, head);
  return commit;
}
