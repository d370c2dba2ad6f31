import type { CodeEntry } from './entry.ts';

/** SP9xxx: usage and internal errors. */
export const usageCodes = {
  SP9001: {
    title: 'wrong command line',
    explanation:
      'A flag, an argument or a combination of them is not valid. The message names it; `setpoint COMMAND --help` lists what is.',
  },
  SP9099: {
    title: 'internal error',
    explanation:
      'setpoint hit a case its authors did not expect. Nothing more is done after it; `setpoint recover` settles an open run. Please report it with the crash file named in the message.',
  },
} as const satisfies Record<string, CodeEntry>;
