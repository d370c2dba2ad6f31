import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { parseStringToString } from '../values/go-collections.ts';
import { parseGoDuration } from '../values/go-duration.ts';
import { parseGoBoolean, parseGoInteger } from '../values/go-scalars.ts';

type Typed = Pick<FlagFact, 'name' | 'type' | 'goType'>;

/**
 * What stands between key and value, where it is no `=`, although the type's word is that of others (component-base cli/flag
 * langle_separated_map_string_string.go, colon_separated_multimap_string_string.go; kubernetes/kubernetes cmd/kubelet/app/options).
 */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['eviction-hard', '<'],
  ['eviction-soft', '<'],
  ['manifest-url-header', ':'],
]);

/** Maps of which a key may stand alone, and then has the empty value (component-base cli/flag configuration_map.go). */
const BARE_KEYS: ReadonlySet<string> = new Set(['node-labels', 'runtime-config']);

/** Why the component would refuse a text as this flag's value, for a sentence; `null`: it takes it, as far as the type tells. */
export function typeProblem(flag: Typed, text: string): string | null {
  const { type, goType } = flag;
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
  const problems = parts.filter((part) => part !== '').map((part) => entryProblem(flag, part));
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

/** What stands between key and value of a map flag; entries that are declared are written with `=`. */
export function entrySeparator({ name }: Pick<Typed, 'name'>): string {
  return SEPARATORS.get(name) ?? '=';
}

/** Whether the values of a map flag's entries are true or false (component-base cli/flag). */
export function hasBooleanEntries({ name, type, goType }: Typed): boolean {
  if (type !== 'map' || SEPARATORS.has(name)) return false;
  return goType === 'mapStringBool' || goType === 'colonSeparatedMultimapStringString';
}

function entryProblem(flag: Typed, part: string): string | null {
  const separator = entrySeparator(flag);
  const equals = part.indexOf(separator);
  if (equals === -1) {
    return BARE_KEYS.has(flag.name) ? null : `takes entries such as NAME${separator}VALUE`;
  }
  const isBoolean = hasBooleanEntries(flag);
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
