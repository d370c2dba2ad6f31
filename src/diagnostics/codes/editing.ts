import type { CodeEntry } from './entry.ts';

/** SP2xxx: kinds: what cannot be parsed or edited safely. */
export const editingCodes = {} as const satisfies Record<string, CodeEntry>;
