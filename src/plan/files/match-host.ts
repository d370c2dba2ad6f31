import picomatch from 'picomatch';

const OPTIONS = { strictBrackets: true, nonegate: true, dot: true } as const;

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
  return globProblem(glob) === null && picomatch(glob, OPTIONS)(host);
}

/** Why `glob` is not valid, or `null`. */
export function globProblem(glob: string): string | null {
  if (glob === '') return 'it is empty';
  if (/[\s/\\]/.test(glob)) return 'a host name has no blank, slash or backslash';
  try {
    picomatch.makeRe(glob, OPTIONS);
    return null;
  } catch (error) {
    return error instanceof Error ? lowerFirst(error.message) : 'it cannot be read';
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
