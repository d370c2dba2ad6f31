import type { CodeEntry } from './entry.ts';

/** SP509x: contents that the recorded state names by digest, and that only the host has. */
export const recordedContentCodes = {
  SP5090: {
    title: 'what a file was before setpoint is lost',
    explanation: `The file is recorded without copies (\`record: digest\` or \`items\`, or because it looks like a secret): what it was before setpoint managed it is only in the backup store of this host, and it is missing or damaged there. No prune takes it; something else did, or the record came from another machine (\`setpoint state pull\`).

Nothing else is wrong: the file stays managed. Only giving it back needs that content. Put the object back from a backup of the state directory.`,
  },
  SP5091: {
    title: 'a file cannot be given back',
    explanation: `A plan no longer declares a file that is recorded without copies, so it would be what it was before setpoint. That content is missing or damaged in the backup store of this host, and setpoint writes nothing that it would have to guess.

Put the object that the message names back from a backup of the state directory. Or write into the file by hand what is to stand there: what is not what setpoint applied any more is left alone, and the next apply only forgets it.`,
  },
} as const satisfies Record<string, CodeEntry>;
