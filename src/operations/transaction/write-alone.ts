import { writeOne } from '../../apply/files/write-one.ts';
import { requirePrivateState } from '../../host/private-state.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { Session } from '../session.ts';
import { judgeWish, refuseAll } from './judge-wish.ts';
import { placeRefusals } from './place-refusals.ts';
import { contentFor } from './planned-files.ts';
import type { TransactionResult } from './transaction-result.ts';
import type { Wish } from './wish.ts';

/** One file is changed by one rename: under the lock of its path alone, without a journal. */
export async function writeAlone(session: Session, wish: Wish): Promise<TransactionResult> {
  const { host, options } = session;
  requirePrivateState(host);
  const seen = await host.root.observe(wish.path);
  refuseAll([...judgeWish(wish, seen), ...(await placeRefusals(host, [seen]))]);
  const written = await writeOne(host, wish.path, options.lockTimeout, (_, file) => {
    refuseAll(judgeWish(wish, file));
    return wish.becomes.is === 'content' ? contentFor(file, wish.becomes) : ABSENT;
  });
  return { run: null, files: [written], pending: null, problems: [] };
}
