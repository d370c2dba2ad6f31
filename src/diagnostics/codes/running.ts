import type { CodeEntry } from './entry.ts';

/** SP4xxx: runs: gates, audits, transactions, recovery. */
export const runningCodes = {} as const satisfies Record<string, CodeEntry>;
