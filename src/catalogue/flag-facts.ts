/** What is known of a component's command line in one version. Names are spelled with dashes; the components take `_` as well. */

/** The programs of a cluster that setpoint knows: those of the control plane, then those of every node. */
export const COMPONENTS = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
  'kubelet',
  'kube-proxy',
] as const;

export type Component = (typeof COMPONENTS)[number];

export function componentNamed(name: string): Component | null {
  return COMPONENTS.find((component) => component === name) ?? null;
}

/**
 * How values compare: `list` splits at commas, `array` does not, `map` has `key=value` entries (`key<value` in
 * the kubelet's eviction-hard and eviction-soft), `other` compares as text (addresses, quantities, port ranges). How occurrences combine is said by `repeat`.
 */
export type FlagType =
  | 'bool'
  | 'int'
  | 'float'
  | 'duration'
  | 'string'
  | 'list'
  | 'array'
  | 'map'
  | 'other';

/**
 * What a second occurrence does: `replace` the first; `append` to it (the first one replaced the default); `merge` with it by key.
 * Lists of etcd are replaced, those of the others are appended to.
 */
export type FlagRepeat = 'replace' | 'append' | 'merge';

export interface FlagFact {
  readonly name: string;
  readonly type: FlagType;
  readonly repeat: FlagRepeat;
  /** The type word of the component's own flag library. */
  readonly goType: string;
  /** As the component prints it; a list of pflag has brackets. */
  readonly default: string;
  /** In short: what the component says about its deprecation. */
  readonly deprecated?: string;
}

/** What does not change from version to version. */
export type KnownFlag = Pick<FlagFact, 'name' | 'type' | 'goType' | 'repeat'>;

/** The words that a flag takes, or a list flag's elements. */
export interface KnownWords {
  readonly words: readonly string[];
  /** The first version that they are known of; of all without it. */
  readonly from?: string;
  /** Upper and lower case are one. */
  readonly anyCase?: true;
  /** The component looks at the value only while this flag has one, too. */
  readonly onlyWith?: string;
}

export interface FeatureGate {
  readonly name: string;
  readonly stage: 'alpha' | 'beta' | 'ga' | 'deprecated';
  readonly default: boolean;
  /** The component refuses another value than the default. */
  readonly locked: boolean;
}

export interface ComponentCatalogue {
  readonly component: Component;
  /** Without the patch: `1.34`, etcd `3.5`. */
  readonly version: string;
  /** What printed the facts. */
  readonly origin: string;
  readonly flags: ReadonlyMap<string, FlagFact>;
  readonly featureGates: ReadonlyMap<string, FeatureGate>;
  /** Of kube-apiserver; empty for the others. */
  readonly admissionPlugins: readonly string[];
}
