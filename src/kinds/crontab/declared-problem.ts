import type { Code } from '../../diagnostics/codes/index.ts';

/** What is wrong with a declared text: where in it (from 1), how many characters are meant, what to do. */
export interface DeclaredProblem {
  readonly code: Code;
  readonly part: 'schedule' | 'user' | 'command' | 'value';
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly help: string;
}

/** A character that would end a line, or that no line of a crontab should have; tabs are blanks. */
const CONTROL = /(?!\t)\p{Cc}/u;

export function controlProblem(
  code: Code,
  part: DeclaredProblem['part'],
  text: string,
): DeclaredProblem | null {
  const at = text.search(CONTROL);
  if (at === -1) return null;
  const what = text[at] === '\n' || text[at] === '\r' ? 'the end of a line' : 'a control character';
  const message = `the ${part} holds ${what}`;
  const help = 'a crontab has one line for each: put what needs more into a script';
  return { code, part, column: at + 1, length: 1, message, help };
}
