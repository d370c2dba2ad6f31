import type { Code } from '../diagnostics/codes/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { lineNumber } from './lines.ts';

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
  const line = lineNumber(text, offset);
  // A byte-order mark takes no column.
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const column = offset - lineStart + (lineStart === 0 && text.startsWith('\uFEFF') ? 0 : 1);
  const at = { file: path, line, column: Math.max(column, 1) };
  return { code, severity: 'error', message: `${path}: ${message}`, at, help };
}

/** More says nothing more to anybody, and each place is looked up in the whole text. */
const MOST_TOLD = 100;

/** What is told of very many problems: the first ones, and how many are left. `tell` is asked for those alone. */
export function firstRefusals<Found>(
  found: readonly Found[],
  tell: (one: Found) => Diagnostic,
): readonly Diagnostic[] {
  const told = found.slice(0, MOST_TOLD).map((one) => tell(one));
  const last = told.at(-1);
  const more = found.length - told.length;
  if (last === undefined || more === 0) return told;
  const help = `${last.help ?? ''}; ${more} more problems are not shown`;
  return [...told.slice(0, -1), { ...last, help }];
}
