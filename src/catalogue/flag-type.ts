import type { FlagRepeat, FlagType } from './flag-facts.ts';

type Kind = readonly [type: FlagType, repeat: FlagRepeat];

const number: Kind = ['int', 'replace'];
const text: Kind = ['string', 'replace'];
const list: Kind = ['list', 'append'];
const map: Kind = ['map', 'merge'];
const replacedList: Kind = ['list', 'replace'];

/** Words that github.com/spf13/pflag and the components' own values (k8s.io/component-base/cli/flag) give in `Value.Type()`. */
const PFLAG: Readonly<Record<string, Kind>> = {
  bool: ['bool', 'replace'],
  int: number,
  int32: number,
  int64: number,
  uint: number,
  uint32: number,
  uint64: number,
  float32: ['float', 'replace'],
  float64: ['float', 'replace'],
  duration: ['duration', 'replace'],
  string: text,
  LocalMode: text,
  ProxyMode: text,
  // klog's verbosity.
  Level: number,
  int32Slice: list,
  stringSlice: list,
  strings: list,
  stringArray: ['array', 'append'],
  namedCertKey: ['array', 'append'],
  mapStringBool: map,
  mapStringString: map,
  stringToString: map,
  colonSeparatedMultimapStringString: map,
};

/** Words of go.etcd.io/etcd/pkg/v3/flags, without the package: their `Set` begins anew, but for `SelectiveStringsValue`. */
const ETCD: Readonly<Record<string, Kind>> = {
  // Of go.etcd.io/etcd/pkg/v3/featuregate.
  featureGate: map,
  SelectiveStringValue: text,
  SelectiveStringsValue: list,
  StringsValue: replacedList,
  UniqueStringsValue: replacedList,
  UniqueURLs: replacedList,
  URLsValue: replacedList,
  uint32Value: number,
};

/** What is in neither table compares as text, and the last occurrence counts. */
export function kindOfFlag(goType: string): {
  readonly type: FlagType;
  readonly repeat: FlagRepeat;
} {
  const [type, repeat] = PFLAG[goType] ?? ETCD[goType] ?? ['other', 'replace'];
  return { type, repeat };
}

/**
 * Types whose flags are whole without a value, and leave the next argument alone: pflag's NoOptDefVal and Go's IsBoolFlag (component-base
 * version/verflag; go.etcd.io/etcd/pkg/v3/flags IgnoredFlag). Every other flag takes the next argument, whatever it looks like.
 */
const STANDS_ALONE: ReadonlySet<string> = new Set(['bool', 'version', 'IgnoredFlag']);

/** Whether a flag that is given without `=` takes the next argument as its value. */
export function takesNextArgument(goType: string): boolean {
  return !STANDS_ALONE.has(goType);
}
