import { readGlob } from '../glob.ts';

/**
 * Whether a plan is for `host`: the last entry that matches decides, `!glob` takes hosts out. No entries: every host. When the
 * first entry takes out, every other host is in.
 */
export function matchHost(patterns: readonly string[], host: string): boolean {
  const [first] = patterns;
  if (first === undefined) return true;
  let matched = first.startsWith('!');
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    const glob = negated ? pattern.slice(1) : pattern;
    if (matched === negated && matchesGlob(glob, host)) matched = !negated;
  }
  return matched;
}

/** Whether one glob matches the whole host name. A glob that is not valid matches nothing. */
export function matchesGlob(glob: string, host: string): boolean {
  return globProblem(glob) === null && readGlob(glob).matches?.(host) === true;
}

/** Why `glob` is not valid, or `null`. */
export function globProblem(glob: string): string | null {
  if (/[\s/\\]/.test(glob)) return 'a host name has no blank, slash or backslash';
  return readGlob(glob).problem;
}
