import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';

/** What an argument or one of its properties has to be. `?` at the end: it may be left out. */
export type Kind = `${keyof typeof KINDS}${'' | '?'}` | 'text or null';
export type Shape = Kind | { readonly [property: string]: Kind };

const KINDS = {
  text: { words: 'a string', fits: (value: unknown) => typeof value === 'string' },
  truth: { words: 'true or false', fits: (value: unknown) => typeof value === 'boolean' },
  count: { words: 'a whole number from 0', fits: isCount },
  function: { words: 'a function', fits: (value: unknown) => typeof value === 'function' },
  texts: {
    words: 'an array of strings',
    fits: (value: unknown) =>
      Array.isArray(value) && value.every((one: unknown) => typeof one === 'string'),
  },
  object: { words: 'an object', fits: isObject },
  list: { words: 'an array', fits: (value: unknown) => Array.isArray(value) },
} as const;

/** For callers without types: throws SP9013 (exit 64) with every argument that is not what the function takes. */
export function checkArguments(
  call: string,
  values: Readonly<Record<string, unknown>>,
  shapes: Readonly<Record<string, Shape>>,
): void {
  const problems = Object.entries(shapes).flatMap(([name, shape]) =>
    shapeProblems(name, values[name], shape),
  );
  if (problems.length === 0) return;
  throw new SetpointError(
    EXIT.usage,
    problems.map((problem): Diagnostic => ({
      code: 'SP9013',
      severity: 'error',
      message: `${call}: ${problem}`,
      help: 'see docs/guide/library.md and the type declarations of the package',
    })),
  );
}

/** An object with properties to ask for: neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A wrong value in few words. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  return isObject(value) ? 'an object' : String(value);
}

function shapeProblems(name: string, value: unknown, shape: Shape): readonly string[] {
  if (typeof shape === 'string') return kindProblems(name, value, shape);
  if (!isObject(value)) return kindProblems(name, value, 'object');
  return Object.entries(shape).flatMap(([property, kind]) =>
    kindProblems(`${name}.${property}`, value[property], kind),
  );
}

function kindProblems(name: string, value: unknown, kind: Kind): readonly string[] {
  if (kind === 'text or null') return value === null ? [] : kindProblems(name, value, 'text');
  if (kind.endsWith('?') && value === undefined) return [];
  const { words, fits } = KINDS[kind.replace('?', '') as keyof typeof KINDS];
  return fits(value) ? [] : [`${name} must be ${words}, not ${shown(value)}`];
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
