import type { Diagnostic } from './diagnostic.ts';

/**
 * The one error that is for people: carries every problem found and the exit code of the contract (docs/reference/exit-codes.md).
 * Anything else that reaches the command line's boundary is a bug (exit 70).
 */
export class SetpointError extends Error {
  override readonly name = 'SetpointError';
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];

  constructor(exitCode: number, diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    super(diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'), options);
    this.exitCode = exitCode;
    this.diagnostics = diagnostics;
  }
}
