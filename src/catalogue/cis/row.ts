import { COMPONENTS } from '../flag-facts.ts';
import type { Component } from '../flag-facts.ts';
import type { CisVersion } from './versions.ts';

/** Programs that the benchmark's flag rows are about. */
export type ComponentName = Exclude<Component, 'kube-proxy'>;

export function isOfBenchmark(component: Component): component is ComponentName {
  return component !== 'kube-proxy';
}

/** In the order in which they are shown. */
export const BENCHMARKED: readonly ComponentName[] = COMPONENTS.filter(isOfBenchmark);

/** How a component reads a flag, and so how its value is compared. */
export type FlagType = 'bool' | 'duration' | 'files' | 'int' | 'list' | 'map' | 'string';

/** What becomes of a row when its flag is not given. */
type Unset = 'fail' | 'pass';

/** What a flag has to be. Values are texts, compared by the flag's type; elements of lists are compared whole. */
export type FlagRule =
  | { readonly op: 'eq' | 'not-eq' | 'min'; readonly value: string; readonly unset: Unset }
  /** Given, and not empty: an empty text is no file. */
  | { readonly op: 'set' }
  | { readonly op: 'unset' }
  | { readonly op: 'has'; readonly element: string }
  | { readonly op: 'lacks'; readonly element: string; readonly unset: Unset }
  /** The entry of a map flag, a feature gate, must not be off; `AllBeta=false` would turn it off, too. */
  | { readonly op: 'not-off'; readonly key: string }
  /** Every element is one of these; not given fails, because then the component chooses. */
  | { readonly op: 'within'; readonly values: readonly string[] }
  /** No flag tells it: a person has to look. */
  | { readonly op: 'manual'; readonly why: string; readonly unset: Unset | 'manual' };

export interface FlagDemand {
  /** Without dashes. */
  readonly flag: string;
  readonly type: FlagType;
  readonly rule: FlagRule;
  /** Path in the KubeletConfiguration that says the same. */
  readonly config?: readonly string[];
}

/**
 * What can go wrong when a row is brought about: A nothing beside the flag is needed; B files, or mounts of them; C who may talk to
 * the component changes; D putting the manifest back does not undo it.
 */
export type RiskClass = 'A' | 'B' | 'C' | 'D';

/** One row of the benchmark that flags decide. Its facts are the benchmark's, its words are not. */
export interface CisRow {
  readonly id: string;
  readonly versions: readonly CisVersion[];
  readonly component: ComponentName;
  readonly title: string;
  /** All of them have to hold. */
  readonly demands: readonly FlagDemand[];
  /** Where this holds, the demands need not. */
  readonly instead?: FlagDemand;
  /** A flag that, when given, decides in place of the row's: a person has to look at what it names. */
  readonly elsewhere?: readonly string[];
  readonly remedy: string;
  /** What the remedy needs beside the flag, or breaks. */
  readonly needs: string | null;
  readonly risk: RiskClass;
}
