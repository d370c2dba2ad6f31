import type { Code } from '../../diagnostics/codes/index.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** Where in the manifest's text something is; offsets are UTF-16 units. */
export interface Spot {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

/** An error diagnostic that names the manifest, with line and column when a spot is known. */
export function refusal(
  code: Code,
  where: Spot | string,
  message: string,
  help: string,
): Diagnostic {
  if (typeof where === 'string') {
    return { code, severity: 'error', message: `${where}: ${message}`, help };
  }
  const before = where.text.slice(0, where.offset);
  const line = before.split('\n').length;
  const column = where.offset - before.lastIndexOf('\n');
  return {
    code,
    severity: 'error',
    message: `${where.path}: ${message}`,
    at: { file: where.path, line, column },
    help,
  };
}
