import { flagsNamed } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { splitSegments } from '../flags/flag-segments.ts';

/** What a list flag holds on a command line, over all its occurrences; nothing when it is not given. */
export function partsGiven(line: CommandLine, flag: string): readonly string[] {
  return flagsNamed(line, flag).flatMap((one) => splitSegments(one.value ?? '') ?? []);
}
