import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import { EXIT } from '../../model/outcome.ts';
import { isWellFormed } from '../../model/well-formed.ts';

/** What an argument or one of its properties has to be. `?` at the end: it may be left out. */
export type Kind = `${keyof typeof KINDS}${'' | '?'}` | `${'text' | 'choice'} or null`;
/** A kind, or the properties of an object, which has no others: a misspelt one would be an option that does nothing. */
export type Shape = Kind | { readonly [property: string]: Kind };
/** Arguments in their order; `?` at the end of a name: it may be left out. */
export type Shapes = Readonly<Record<string, Shape>>;

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
  choice: {
    words: 'null or an object with choice (take-old, take-new or keep-live) and reason',
    fits: isChoice,
  },
  filter: { words: 'an object with plan or with path', fits: isFilter },
  source: { words: 'an object with set, or with plans and vars', fits: isSource },
  catalogue: {
    words: 'strict, lenient or off',
    fits: (value: unknown) => ['strict', 'lenient', 'off'].some((one) => one === value),
  },
  data: { words: 'data', fits: (value: unknown) => value !== undefined },
  schema: {
    words: 'a path, schedule-file, or an object with a JSON schema',
    fits: (value: unknown) => typeof value === 'string' || isObject(value),
  },
  list: { words: 'an array', fits: (value: unknown) => Array.isArray(value) },
} as const;

/** For callers without types: throws SP9013 (exit 64) with every argument that is not what the function takes. */
export function checkArguments(
  call: string,
  values: Readonly<Record<string, unknown>>,
  shapes: Shapes,
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

/** The keys of an object that are none of `known`, each with the one that may be meant. What is undefined counts as left out. */
export function unknownKeys(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
): readonly { readonly key: string; readonly suggested: string }[] {
  const unknown = givenKeys(value).filter((key) => !known.includes(key));
  return unknown.map((key) => {
    const near = suggestion(key, known);
    return { key, suggested: near === null ? '' : `; ${near}` };
  });
}

function shapeProblems(argument: string, value: unknown, shape: Shape): readonly string[] {
  if (argument.endsWith('?') && value === undefined) return [];
  const name = argument.replace('?', '');
  if (typeof shape === 'string') return kindProblems(name, value, shape);
  if (!isObject(value)) return kindProblems(name, value, 'object');
  const wrong = Object.entries(shape).flatMap(([property, kind]) =>
    kindProblems(`${name}.${property}`, value[property], kind),
  );
  const unknown = unknownKeys(value, Object.keys(shape)).map(
    ({ key, suggested }) => `${name} has no ${JSON.stringify(key)}${suggested}`,
  );
  return [...wrong, ...unknown];
}

function kindProblems(name: string, value: unknown, kind: Kind): readonly string[] {
  if (kind === 'text or null') return value === null ? [] : kindProblems(name, value, 'text');
  if (kind === 'choice or null') return value === null ? [] : kindProblems(name, value, 'choice');
  if (kind.endsWith('?') && value === undefined) return [];
  const { words, fits } = KINDS[kind.replace('?', '') as keyof typeof KINDS];
  if (!fits(value)) return [`${name} must be ${words}, not ${shown(value)}`];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const odd = texts.find((text) => typeof text === 'string' && !isWellFormed(text));
  return odd === undefined ? [] : [`${name} is not well-formed Unicode: ${shown(odd)}`];
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isSource(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = givenKeys(value).toSorted().join(' ');
  return keys === 'set' || keys === 'plans vars';
}

function isFilter(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [key = '', ...others] = givenKeys(value);
  const known = key === 'plan' || key === 'path';
  return known && others.length === 0 && typeof value[key] === 'string';
}

function isChoice(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { choice, reason, ...others } = value;
  const known = ['take-old', 'take-new', 'keep-live'].some((one) => one === choice);
  const told = reason === null || typeof reason === 'string';
  return known && told && givenKeys(others).length === 0;
}

function givenKeys(value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}
