import type { Component, FlagFact } from '../../../catalogue/flag-facts.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { isGoIp, isIpPort, isPortRange, isSloppyIp } from '../values/go-addresses.ts';
import { parseStringToString } from '../values/go-collections.ts';
import { parseGoDuration } from '../../../model/go-duration.ts';
import { isGoQuantity, parseGoBoolean, parseGoInteger } from '../values/go-scalars.ts';
import { etcdUrlsProblem } from './etcd-urls.ts';
import { OWN_SYNTAX } from './own-syntax.ts';

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
export function typeProblem(flag: Typed, text: string, component: Component): string | null {
  const { type, goType } = flag;
  if (type === 'bool') return parseGoBoolean(text) === null ? 'takes true or false' : null;
  if (type === 'int') return integerProblem(goType, text);
  if (type === 'float') return isGoFloat(text) ? null : 'takes a number';
  if (type === 'duration') {
    return parseGoDuration(text) === null ? 'takes a duration with units, such as 1m30s' : null;
  }
  if (type === 'list') return listProblem(flag, text);
  if (type === 'other') return ownTypeProblem(goType, text, component);
  if (type !== 'map') return null;
  if (holdsCommas({ goType })) {
    return parseStringToString(text) === null
      ? 'takes NAME=VALUE, each of several in double quotes'
      : null;
  }
  const parts = splitSegments(text) ?? [];
  const problems = parts.filter((part) => part !== '').map((part) => partProblem(flag, part));
  return problems.find((problem) => problem !== null) ?? null;
}

/** Types whose value is one thing: no elements, no entries. */
export function isOneThing({ type, goType }: Typed): boolean {
  return (
    type === 'bool' ||
    type === 'int' ||
    type === 'float' ||
    type === 'duration' ||
    ONE_WORD.has(goType)
  );
}

const ONE_WORD: ReadonlySet<string> = new Set([
  'LocalMode',
  'ProxyMode',
  'SelectiveStringValue',
  'ip',
  'ipport',
  'portRange',
  'quantity',
  'reserved-memory',
]);

/** Lists of which the elements have a type. */
function listProblem({ name, goType }: Typed, text: string): string | null {
  if (goType === 'UniqueURLs') return etcdUrlsProblem(name, text);
  if (goType !== 'int32Slice') return null;
  const problems = text.split(',').map((part) => integerProblem('int32', part));
  return problems.some((problem) => problem !== null) ? 'takes integers' : null;
}

/**
 * Addresses are read by Go's parser in the flags of pflag, and by an older one in those of kubelet and kube-proxy
 * (kubernetes/kubernetes pkg/util/flag); no value is none of them.
 */
function ownTypeProblem(goType: string, text: string, component: Component): string | null {
  if (goType === 'portRange') {
    return isPortRange(text) ? null : 'takes a range of ports, such as 30000-32767';
  }
  if (goType === 'quantity') return isGoQuantity(text) ? null : 'takes a quantity, such as 512Ki';
  if (text === '') return null;
  const own = OWN_SYNTAX.get(goType);
  if (own !== undefined) return own.takes(text) ? null : own.problem;
  if (goType === 'ipport') {
    return isIpPort(text) ? null : 'takes an address with or without a port, such as 0.0.0.0:10256';
  }
  if (goType !== 'ip') return null;
  const isSloppy = component === 'kubelet' || component === 'kube-proxy';
  const isAddress = isSloppy ? isSloppyIp(text) : isGoIp(text.trim());
  return isAddress ? null : 'takes an IP address';
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
function hasBooleanEntries({ name, type, goType }: Typed): boolean {
  if (type !== 'map' || SEPARATORS.has(name)) return false;
  return goType === 'mapStringBool' || goType === 'colonSeparatedMultimapStringString';
}

function partProblem(flag: Typed, part: string): string | null {
  const separator = entrySeparator(flag);
  const equals = part.indexOf(separator);
  if (equals !== -1) return entryProblem(flag, part.slice(0, equals), part.slice(equals + 1));
  if (BARE_KEYS.has(flag.name)) return entryProblem(flag, part, '');
  return `takes entries such as NAME${separator}VALUE`;
}

/** Why the component would refuse a value of a map flag's entry; blanks around both are ignored. */
export function entryProblem(flag: Typed, key: string, value: string): string | null {
  if (flag.name === 'runtime-config') return runtimeConfigProblem(key.trim(), value.trim());
  if (!hasBooleanEntries(flag) || parseGoBoolean(value.trim()) !== null) return null;
  return 'takes entries that are true or false';
}

/**
 * Groups of versions take those two words, everything else a boolean of Go or none. Rule: k8s.io/apiserver
 * pkg/server/resourceconfig/helpers.go (MergeAPIResourceConfigs, getRuntimeConfigValue), 1.32 to 1.37.
 */
function runtimeConfigProblem(key: string, value: string): string | null {
  if (/^api\/(?:all|ga|beta|alpha)$/.test(key)) {
    return value === 'true' || value === 'false' ? null : `takes ${key}=true or ${key}=false`;
  }
  const isBoolean = value === '' || parseGoBoolean(value) !== null;
  return isBoolean ? null : 'takes entries that are true or false';
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
