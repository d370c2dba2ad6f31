interface WithHelp {
  readonly help?: string | null;
}

/** Which of several problems shows its help: of those with the same one the last, so that it stands once and below them. */
export function helpOnce<T extends WithHelp>(problems: readonly T[]): (problem: T) => boolean {
  const last = new Map(problems.map((problem) => [problem.help, problem]));
  return (problem) => last.get(problem.help) === problem;
}
