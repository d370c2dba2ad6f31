import type { StatusResult } from './results.ts';
import type { Session } from './session.ts';

/** What is recorded and whether live files still equal it. Takes no lock. */
export function readStatus(_session: Session): Promise<StatusResult> {
  throw new Error('under construction');
}
