import type { FlagFact, FlagType } from '../../../catalogue/flag-facts.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { parseGoMap, parseStringToString } from './go-collections.ts';
import { parseGoDuration } from '../../../model/go-duration.ts';
import { parseGoBoolean, parseGoInteger } from './go-scalars.ts';
import { sameFlagValue } from './typed-equality.ts';

type Typed = Pick<FlagFact, 'name' | 'type' | 'goType'>;

/**
 * Lists of which the component takes the first that fits, so that another order means something else: authorizers and headers are asked
 * one after the other (k8s.io/apiserver pkg/authorization/union, pkg/authentication/request/headerrequest), addresses and name
 * servers are tried so (kubernetes/kubernetes pkg/kubelet/client, pkg/kubelet/network/dns). Not cipher suites: crypto/tls ignores
 * their order.
 */
const ORDERED: ReadonlySet<string> = new Set([
  'authorization-mode',
  'cluster-dns',
  'kubelet-preferred-address-types',
  'requestheader-uid-headers',
  'requestheader-username-headers',
]);

const COMPARE: Readonly<Record<FlagType, (flag: Typed, a: string, b: string) => boolean>> = {
  bool: (_flag, a, b) => same(parseGoBoolean(a), parseGoBoolean(b)),
  int: (_flag, a, b) => same(parseGoInteger(a), parseGoInteger(b)),
  float: (_flag, a, b) => same(readDecimal(a), readDecimal(b)),
  duration: (_flag, a, b) => same(parseGoDuration(a), parseGoDuration(b)),
  list: sameList,
  map: sameMap,
  string: () => false,
  array: () => false,
  // Types of the component's own: what their text tells.
  other: (_flag, a, b) => sameFlagValue(a, b),
};

/** Whether two values mean the same to a component that has this flag. */
export function sameByType(flag: Typed, a: string, b: string): boolean {
  return a === b || COMPARE[flag.type](flag, a, b);
}

/** Whether two values of one entry of a map flag mean the same. */
export function sameEntry({ name, goType }: Typed, a: string, b: string): boolean {
  // kube-apiserver reads the values of runtime-config as booleans (k8s.io/apiserver pkg/server/resourceconfig).
  const isBoolean = goType === 'mapStringBool' || goType === 'colonSeparatedMultimapStringString';
  if (a === b || !(isBoolean || name === 'runtime-config')) return a === b;
  return same(parseGoBoolean(a), parseGoBoolean(b));
}

function same<T>(a: T | null, b: T | null): boolean {
  return a !== null && a === b;
}

function sameList(flag: Typed, a: string, b: string): boolean {
  const [one, other] = [splitSegments(a), splitSegments(b)];
  if (one === null || other === null || ORDERED.has(flag.name)) return false;
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
}

function sameMap(flag: Typed, a: string, b: string): boolean {
  const parse = flag.goType === 'stringToString' ? parseStringToString : parseGoMap;
  const [one, other] = [parse(a), parse(b)];
  if (one === null || other === null || one.size !== other.size) return false;
  return [...one].every(([key, value]) => {
    const found = other.get(key);
    return found !== undefined && sameEntry(flag, value, found);
  });
}

function readDecimal(text: string): number | null {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
