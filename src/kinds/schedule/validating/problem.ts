import type { Code } from '../../../diagnostics/codes/index.ts';

/** Keys and indices from the top of a document. */
export type ValuePath = readonly (string | number)[];

/** What is wrong with a document, by its value alone: where that stands in a text is found by placeProblems. */
export interface ScheduleProblem {
  readonly code: Code;
  readonly path: ValuePath;
  /** Whether the value or the key at `path` is meant. */
  readonly on: 'value' | 'key';
  /** A piece of a text, from its first character, which is column 1. */
  readonly piece?: { readonly column: number; readonly length: number };
  readonly message: string;
  readonly help: string | null;
}

export function problem(
  code: Code,
  path: ValuePath,
  message: string,
  help: string | null = null,
  on: ScheduleProblem['on'] = 'value',
): ScheduleProblem {
  return { code, path, on, message, help };
}
