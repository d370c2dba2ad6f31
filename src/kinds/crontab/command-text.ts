/** Bytes of a command that cron takes; one more, and it takes it for cut off (cron.h MAX_COMMAND, entry.c load_entry). */
export const LONGEST_COMMAND = 998;

/**
 * How a command is written so that the shell gets exactly it: `%` as `\%`, and a backslash doubled where cron would take it for an
 * escape. Rule: Debian's cron, do_command.c child_process.
 */
export function escapedCommand(command: string): string {
  return command.replaceAll(/\\(?=[\\%])|%/g, (found) => `\\${found}`);
}

/** The inverse: what the shell gets of a command without a bare `%`. */
export function plainCommand(written: string): string {
  return written.replaceAll(/\\([\\%])/g, '$1');
}
