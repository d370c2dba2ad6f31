import type { CodeEntry } from './entry.ts';

/** SP1xxx: workspace and plan files: syntax, schema, variables. */
export const planFileCodes = {} as const satisfies Record<string, CodeEntry>;
