import { flagsNamed } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { splitSegments } from '../flags/flag-segments.ts';

/** What a list flag holds on a command line, over all its occurrences; nothing when it is not given. */
export function partsGiven(line: CommandLine, flag: string): readonly string[] {
  return flagsNamed(line, flag).flatMap((one) => splitSegments(one.value ?? '') ?? []);
}

/** Whether a flag is given with a value that is not empty; the last one counts. */
export function isSet(line: CommandLine, flag: string): boolean {
  const last = flagsNamed(line, flag).at(-1);
  return last !== undefined && (last.value ?? last.follower?.text ?? '') !== '';
}
