/** How a view writes its text. */
export interface ViewOptions {
  readonly color: boolean;
  /** Columns of the terminal; `Infinity` where the text goes to a file or a pipe, which nothing should be cut for. */
  readonly width: number;
  /** Show what is left out by default. */
  readonly verbose: boolean;
  /** Global flags that commands in hints are to be given again (repeated-flags.ts); default none. */
  readonly repeatedFlags?: readonly string[];
}
