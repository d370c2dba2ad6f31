import type { Diagnostic } from './diagnostic.ts';

/**
 * By file, line, column, then code; problems without a place first, as they were found: a cause stands before what came of it. Exact
 * repetitions are dropped.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const distinct = diagnostics.filter((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.at ?? null, diagnostic.message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return distinct.sort(byPosition);
}

function byPosition(a: Diagnostic, b: Diagnostic): number {
  if (a.at === undefined || b.at === undefined) {
    return Number(a.at !== undefined) - Number(b.at !== undefined);
  }
  return (
    compare(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    compare(a.code, b.code)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
