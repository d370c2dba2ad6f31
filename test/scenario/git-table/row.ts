/**
 * What happened in git (and on the host) before a command, what that command exits with, what then is on the host, and the code
 * that is told. The words are those of story.ts: `a=one` commits plan `a`, which gives its file that content.
 */
export interface Row {
  readonly row: string;
  readonly happened: string;
  readonly command: string;
  readonly exit: number;
  /** Contents by plan; `-`: no such file. */
  readonly host: string;
  /** Codes and words of the answer. */
  readonly told?: readonly string[];
  /** Words that it must not have. */
  readonly untold?: readonly string[];
}
