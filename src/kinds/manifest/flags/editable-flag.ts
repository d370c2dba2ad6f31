import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { flagsNamed } from './command-line.ts';
import type { CommandLine, FlagToken } from './command-line.ts';
import { listOf } from '../pod/container.ts';
import { knownFlags } from './known-flag.ts';
import { refusal } from '../refusal.ts';
import { repetition } from './repeated-flag.ts';
import { layoutOf } from '../text/list-layout.ts';

/**
 * The one occurrence of a flag, `null` when it is not given. `name` is canonical.
 * Fails for forms that cannot be touched without knowing the flag's type or layout: SP2016 (two items), SP2017 (repeated),
 * SP2018 (not on lines of its own), SP2040 (a line break in its value), each with its place.
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
  const spot = { path, text, offset: flag.item.start };
  if (found.length > 1) {
    return fail(repetition(line, found, knownFlags(line.container)(name)));
  }
  if (flag.follower !== null) {
    const what = `--${name} and "${flag.follower.text}" are two items`;
    return fail(refusal('SP2016', spot, what, `write it as one item: --${name}=VALUE`));
  }
  if (/[\r\n]/.test(flag.item.text)) {
    const help =
      'no plan can hold such a value: write it on one line by hand, or leave the flag out';
    return fail(refusal('SP2040', spot, `--${name} holds a line break`, help));
  }
  const list = listOf(line.container, flag.item.list);
  if (list === null || layoutOf(text, list, flag.item) === null) {
    const help = 'write the item on one line of its own, as `- --flag=value` or `"--flag=value"`';
    return fail(refusal('SP2018', spot, `--${name} cannot be edited in this layout`, help));
  }
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
