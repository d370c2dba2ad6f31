// Generated from schemas/ by scripts/generate.ts. Do not edit.

/**
 * The one envelope that every command prints with `--json`. The exit code is the same as without.
 */
export type OutputEnvelope = {
  /**
   * Major.minor version of this format.
   */
  formatVersion: '1.0';
  /**
   * The command, e.g. `plan`.
   */
  command: string;
  /**
   * Whether the command did what was asked (exit 0 or 2). A run that was reverted has a `result` and is not `ok`.
   */
  ok: boolean;
  /**
   * Result of the command; a command has either a `result` or an `error`.
   */
  result?: {
    [k: string]: unknown;
  };
  error?: Error;
  /**
   * Problems and warnings, sorted by place.
   */
  diagnostics: Diagnostic[];
} & (
  | {
      [k: string]: unknown;
    }
  | {
      ok?: false;
    }
);
/**
 * `setpoint explain CODE` prints the long form.
 */
export type DiagnosticCode = string;

export interface Error {
  code: DiagnosticCode;
  message: string;
  /**
   * Exit code of the process.
   */
  exitCode: number;
}
export interface Diagnostic {
  code: DiagnosticCode;
  severity: 'error' | 'warning' | 'note';
  /**
   * What is wrong.
   */
  message: string;
  at?: SourceRange;
  /**
   * What to do.
   */
  help?: string;
  /**
   * Source excerpt.
   */
  frame?: string;
  /**
   * Further lines for people.
   */
  detail?: string;
}
/**
 * Lines and columns start at 1; the end is exclusive.
 */
export interface SourceRange {
  file: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}
