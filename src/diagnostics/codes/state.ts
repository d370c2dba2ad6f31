import type { CodeEntry } from './entry.ts';

/** SP5xxx: recorded state and git. */
export const stateCodes = {} as const satisfies Record<string, CodeEntry>;
