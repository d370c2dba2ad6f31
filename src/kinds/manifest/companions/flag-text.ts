import { flagsNamed } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { etcdSetting } from '../pod/etcd-variable.ts';

/**
 * The value that a flag has for a parser where the last one wins; `null` when it is not given. A switch without a value is
 * `true`; the item after a flag counts as its value.
 */
export function flagText(line: CommandLine, name: string): string | null {
  const last = flagsNamed(line, name).at(-1);
  if (last === undefined) return null;
  return last.value ?? last.follower?.text ?? 'true';
}

/** The same, or what etcd takes from its environment where the flag is not given. */
export function settingText(line: CommandLine, name: string): string | null {
  return flagText(line, name) ?? etcdSetting(line.container, name);
}

/** Each value of a flag that may be repeated, in order; one of them may have a comma (pflag stringArray). */
export function flagTexts(line: CommandLine, name: string): readonly string[] {
  return flagsNamed(line, name).map(({ value, follower }) => value ?? follower?.text ?? '');
}

/** Elements of a list flag that may be repeated (pflag stringSlice); empty when it is not given. */
export function flagElements(line: CommandLine, name: string): readonly string[] {
  return flagsNamed(line, name)
    .flatMap(({ value, follower }) => (value ?? follower?.text ?? '').split(','))
    .map((element) => element.trim())
    .filter((element) => element !== '');
}
