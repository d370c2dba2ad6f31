import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { parseStringToString } from '../values/go-collections.ts';
import { parseGoDuration } from '../values/go-duration.ts';
import { parseGoBoolean, parseGoInteger } from '../values/go-scalars.ts';

type Typed = Pick<FlagFact, 'type' | 'goType'>;

/** Why the component would refuse a text as this flag's value, for a sentence; `null`: it takes it, as far as the type tells. */
export function typeProblem({ type, goType }: Typed, text: string): string | null {
  if (type === 'bool') return parseGoBoolean(text) === null ? 'takes true or false' : null;
  if (type === 'int') return integerProblem(goType, text);
  if (type === 'float') return isGoFloat(text) ? null : 'takes a number';
  if (type === 'duration') {
    return parseGoDuration(text) === null ? 'takes a duration with units, such as 1m30s' : null;
  }
  if (type !== 'map') return null;
  if (holdsCommas({ goType })) {
    return parseStringToString(text) === null
      ? 'takes NAME=VALUE, each of several in double quotes'
      : null;
  }
  const parts = splitSegments(text) ?? [];
  const problems = parts.filter((part) => part !== '').map((part) => entryProblem(goType, part));
  return problems.find((problem) => problem !== null) ?? null;
}

/** Types whose value is one thing: no elements, no entries. */
export function isOneThing({ type }: Typed): boolean {
  return type === 'bool' || type === 'int' || type === 'float' || type === 'duration';
}

/** Types whose keys and values hold commas, which would end them: of `allow-metric-labels` (`METRIC,LABEL=VALUE,VALUE`). */
export function holdsCommas({ goType }: Pick<Typed, 'goType'>): boolean {
  return goType === 'stringToString';
}

/** Whether the values of a map flag's entries are true or false (component-base cli/flag). */
export function hasBooleanEntries({ type, goType }: Typed): boolean {
  return (
    type === 'map' &&
    (goType === 'mapStringBool' || goType === 'colonSeparatedMultimapStringString')
  );
}

function entryProblem(goType: string, part: string): string | null {
  const equals = part.indexOf('=');
  if (equals === -1) return 'takes entries such as NAME=VALUE';
  const isBoolean = hasBooleanEntries({ type: 'map', goType });
  const value = part.slice(equals + 1).trim();
  if (!isBoolean || parseGoBoolean(value) !== null) return null;
  return 'takes entries that are true or false';
}

/** Go strconv.ParseInt and ParseUint with base 0, in the bits of the type. */
function integerProblem(goType: string, text: string): string | null {
  const value = parseGoInteger(text);
  if (value === null) return 'takes an integer';
  const match = /^(u?)int(\d*)/.exec(goType);
  const bits = BigInt(match?.[2] || '64');
  if (match?.[1] === 'u') {
    const isIn = !/^[+-]/.test(text) && value < 2n ** bits;
    return isIn ? null : `takes an integer from 0 to ${2n ** bits - 1n}`;
  }
  const edge = 2n ** (bits - 1n);
  return value >= -edge && value < edge ? null : `takes an integer of ${bits} bits`;
}

/** Decimal only: Go takes hexadecimal floats and underscores, too, which nobody writes. */
function isGoFloat(text: string): boolean {
  return /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)$/i.test(text);
}
