import type { Code } from '../diagnostics/codes/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** Where in a file's text something is; the offset is in UTF-16 units. */
export interface Spot {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

/** An error that names the file, with line and column where a spot is known. */
export function refusal(
  code: Code,
  where: Spot | string,
  message: string,
  help: string,
): Diagnostic {
  if (typeof where === 'string') {
    return { code, severity: 'error', message: `${where}: ${message}`, help };
  }
  const { path, text, offset } = where;
  const line = text.slice(0, offset).split('\n').length;
  // A byte-order mark takes no column.
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const column = offset - lineStart + (lineStart === 0 && text.startsWith('\uFEFF') ? 0 : 1);
  const at = { file: path, line, column: Math.max(column, 1) };
  return { code, severity: 'error', message: `${path}: ${message}`, at, help };
}
