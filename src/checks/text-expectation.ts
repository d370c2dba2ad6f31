import type { TextExpectation } from '../model/check.ts';

/**
 * Why `text` does not meet the expectation, or null when it does. `matches` is tried with flag `m`, so `^ok$` means a line, as
 * people know it from grep. Throws SyntaxError for an invalid expression.
 */
export function unmet(expectation: TextExpectation, text: string): string | null {
  if (expectation.contains !== undefined && !text.includes(expectation.contains)) {
    return `does not contain ${JSON.stringify(expectation.contains)}`;
  }
  if (expectation.matches !== undefined && !new RegExp(expectation.matches, 'm').test(text)) {
    return `does not match /${expectation.matches}/`;
  }
  return null;
}

/** Why the expression cannot be compiled, or null. Waiting cannot repair it. */
export function invalidExpression(expectation: TextExpectation | undefined): string | null {
  if (expectation?.matches === undefined) return null;
  try {
    RegExp(expectation.matches, 'm');
    return null;
  } catch (error) {
    return `\`matches\` is not a regular expression: ${(error as Error).message}`;
  }
}
