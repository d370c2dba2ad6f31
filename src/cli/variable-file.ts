/** Loaded only for `--var-file`. The import is static: of a CommonJS package in a bundle, `import()` gives no names. */
import { parseDocument } from 'yaml';

export type ParsedVariables =
  | { readonly value: unknown; readonly problem: null }
  | { readonly value: null; readonly problem: string };

/** The value of a YAML or JSON text, or the first problem in one line. */
export function parseVariableFile(text: string): ParsedVariables {
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) return { value: null, problem: problem.message.split('\n')[0] ?? '' };
  return { value: document.toJS() as unknown, problem: null };
}
