import type { CodeEntry } from './entry.ts';

/** SP6xxx: the host: files, locks, permissions. */
export const hostCodes = {} as const satisfies Record<string, CodeEntry>;
