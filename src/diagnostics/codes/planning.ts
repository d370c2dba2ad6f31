import type { CodeEntry } from './entry.ts';

/** SP3xxx: ownership, commits, change sets. */
export const planningCodes = {
  SP3001: {
    title: 'two plans declare the same item',
    explanation:
      'An item (one flag, one file) has one owner. Remove the declaration from one of the plans.',
  },
} as const satisfies Record<string, CodeEntry>;
