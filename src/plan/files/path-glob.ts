import picomatch from 'picomatch';

const OPTIONS = { strictBrackets: true, nonegate: true, dot: true } as const;

/** Whether a glob matches a whole path of the host; `*` does not cross a slash, `**` does. One that is not valid matches nothing. */
export function matchesPath(glob: string, path: string): boolean {
  return pathGlobProblem(glob) === null && picomatch(glob, OPTIONS)(path);
}

/** Why `glob` is no glob on paths of a host, or `null`. */
export function pathGlobProblem(glob: string): string | null {
  if (!glob.startsWith('/')) return 'it does not begin with /';
  try {
    picomatch.makeRe(glob, OPTIONS);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return reason.slice(0, 1).toLowerCase() + reason.slice(1);
  }
}
