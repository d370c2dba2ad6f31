import picomatch from 'picomatch';

const OPTIONS = { strictBrackets: true, nonegate: true, dot: true } as const;

/**
 * What every glob of setpoint means, on host names, paths and names of plans: it is for the whole text, `*` does not cross a slash, `**`
 * does, names that begin with a dot are as others. One that is not valid has `problem`, which says why.
 */
export type Glob =
  | { readonly matches: (text: string) => boolean; readonly problem: null }
  | { readonly matches: null; readonly problem: string };

export function readGlob(glob: string): Glob {
  if (glob === '') return { matches: null, problem: 'it is empty' };
  try {
    return { matches: picomatch(glob, OPTIONS), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return { matches: null, problem: reason.slice(0, 1).toLowerCase() + reason.slice(1) };
  }
}
