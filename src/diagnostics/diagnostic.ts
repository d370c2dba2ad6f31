import type { Code } from './codes/index.ts';

export type Severity = 'error' | 'warning' | 'note';

/** Lines and columns start at 1; the end is exclusive. */
export interface SourceRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** One problem, for people first: what is wrong (`message`), where (`at`), what to do (`help`). */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly at?: SourceRange;
  readonly help?: string;
  /** The declared flag that it is about, without dashes and with `-` for `_`. */
  readonly flag?: string;
  /** Source excerpt with the range marked, already drawn, without colour. */
  readonly frame?: string;
  /** Further lines for people, e.g. a three-way diff or manual commands. */
  readonly detail?: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings?: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function ok<T>(value: T, warnings: readonly Diagnostic[] = []): Result<T> {
  return warnings.length === 0 ? { ok: true, value } : { ok: true, value, warnings };
}

export function fail<T = never>(...diagnostics: readonly Diagnostic[]): Result<T> {
  return { ok: false, diagnostics };
}
