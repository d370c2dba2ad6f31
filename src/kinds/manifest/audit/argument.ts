/** One argument of a process or of a manifest's container. */
export interface Argument {
  readonly text: string;
  /** In the manifest, from 1; null: seen in a process, or not to be found there. */
  readonly line: number | null;
  /** The text holds `$(NAME)` whose value the manifest does not tell. */
  readonly unknown: boolean;
}

export function argumentsOf(argv: readonly string[]): readonly Argument[] {
  return argv.map((text) => ({ text, line: null, unknown: false }));
}
