import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** What is said of a declared flag, with its name: who has the plan file knows its line. */
export function aboutFlag(
  flag: string,
  said: (flag: string) => readonly Diagnostic[],
): readonly Diagnostic[] {
  return said(flag).map((diagnostic) => ({ ...diagnostic, flag }));
}
