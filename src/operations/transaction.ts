import type { Session } from './session.ts';
import type { FileRequest } from './transaction/file-request.ts';
import type { TransactionResult } from './transaction/transaction-result.ts';
import { readRequests } from './transaction/wish.ts';
import { writeAlone } from './transaction/write-alone.ts';
import { writeTogether } from './transaction/write-together.ts';

export type { FileRequest, TransactionResult };

/**
 * Creates, replaces, deletes and moves files together: whatever dies or fails, all of them end old or all of them new. No gates,
 * no actions, no commit in the recorded state: for what no plan manages (a managed file shows as drift in the next plan).
 *
 * Several files (or a move) take the run lock and a journal, and are decided at its commit point. One file takes the lock of its
 * path alone, as `updateFile` does. Waits for locks as long as the session's lock timeout. Throws SetpointError with every problem while
 * all files are old: SP4264 (exit 64), SP4262, SP601x (1), SP4266 (3, 4), SP4267 (4), SP6020, SP6080, SP4260 (5), SP4263 (6). Once
 * it is decided it resolves, and `pending` tells what is left to recovery.
 */
export async function transaction(
  session: Session,
  changes: readonly FileRequest[],
): Promise<TransactionResult> {
  const wishes = readRequests(changes);
  const [first] = wishes;
  return wishes.length === 1 && first !== undefined
    ? writeAlone(session, first)
    : writeTogether(session, wishes);
}
