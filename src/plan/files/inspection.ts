import type { Code } from '../../diagnostics/codes/index.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { hasMarker } from './references.ts';
import { report, type SourceFile, type Span } from './source-file.ts';
import type { SourceNode } from './source-tree.ts';

/** A look at what the schema cannot say. Runs on the file as written and, where it has variables, again with their values. */
export interface Inspection {
  readonly file: SourceFile;
  readonly substituted: boolean;
  readonly problems: Diagnostic[];
}

export function complain(
  inspection: Inspection,
  code: Code,
  span: Span,
  message: string,
  help?: string | null,
): void {
  inspection.problems.push(report(inspection.file, code, span, message, help));
}

/** The same without an excerpt: for a place that holds a secret. */
export function complainWithoutExcerpt(
  inspection: Inspection,
  code: Code,
  span: Span,
  message: string,
  help: string,
): void {
  const { frame: _frame, ...problem } = report(inspection.file, code, span, message, help);
  inspection.problems.push(problem);
}

/** The text of a string, or `null` when it is none or its variables are not known yet. */
export function literal(inspection: Inspection, node: SourceNode | undefined): string | null {
  if (node?.type !== 'scalar' || typeof node.value !== 'string') return null;
  return inspection.substituted || !hasMarker(node.value) ? node.value : null;
}
