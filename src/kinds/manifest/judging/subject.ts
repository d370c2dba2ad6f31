import type { ComponentCatalogue } from '../../../catalogue/flag-facts.ts';
import type { Code } from '../../../diagnostics/codes/index.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { refusal } from '../../../structured/refusal.ts';

/** What a manifest's flags are judged by. */
export interface Subject {
  readonly path: string;
  readonly catalogue: ComponentCatalogue;
  /** The minor version of the image, of which another one's catalogue may stand in; `null`: it does not tell. */
  readonly runs: string | null;
}

/** `kube-apiserver 1.34`. */
export function nameOf({ catalogue }: Subject): string {
  return `${catalogue.component} ${catalogue.version}`;
}

export function refused(subject: Subject, code: Code, message: string, help: string): Diagnostic {
  return refusal(code, subject.path, message, help);
}

/** A plan shows of a warning its message only. */
export function warned(subject: Subject, code: Code, message: string): Diagnostic {
  return { code, severity: 'warning', message: `${subject.path}: ${message}` };
}

/** With `catalogue: lenient` what would refuse the plan is said in it. */
export function softened(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.severity === 'warning') return diagnostic;
  const { help, ...rest } = diagnostic;
  const message = help === undefined ? rest.message : `${rest.message}; ${help}`;
  return { ...rest, severity: 'warning', message };
}
