import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { flagsNamed } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import type { FlagToken } from './token.ts';
import { obstacleOf } from './flag-obstacle.ts';
import { knownFlags } from './known-flag.ts';
import { refusal } from '../../../structured/refusal.ts';
import { repetition } from './repeated-flag.ts';

/**
 * The one occurrence of a flag, `null` when it is not given. `name` is canonical.
 * Fails with SP2017 (repeated) and for occurrences that cannot be edited (see obstacleOf), each with its place.
 */
export function editableFlag(line: CommandLine, name: string): Result<FlagToken | null> {
  const found = flagsNamed(line, name);
  const { path, text } = line.container.source;
  const [flag] = found;
  const short = name.length === 1 ? shorthandWith(line, name) : null;
  if (short !== null) {
    const spot = { path, text, offset: short.item.start };
    const help = `write it as --${name}=VALUE`;
    return fail(refusal('SP2016', spot, `${short.spelled} may hold the flag -${name}`, help));
  }
  if (flag === undefined) return ok(null);
  if (found.length > 1) {
    return fail(repetition(line, found, knownFlags(line.container)(name)));
  }
  const obstacle = obstacleOf(line, flag);
  if (obstacle !== null) return fail(obstacle);
  return ok(flag);
}

/** A shorthand group such as `-v2`, which pflag reads as `-v 2`. */
function shorthandWith(line: CommandLine, letter: string): FlagToken | null {
  for (const token of line.tokens) {
    if (token.kind !== 'flag' || token.spelled.startsWith('--')) continue;
    if (token.spelled.length > 2 && token.spelled[1] === letter) return token;
  }
  return null;
}
