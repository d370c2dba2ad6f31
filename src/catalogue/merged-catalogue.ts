/**
 * All versions of one component in one text: a fact is there once, with the versions that it holds for. Made of src/catalogue/data
 * by scripts/generate/catalogue.ts.
 */
import { catalogueTexts } from '../generated/catalogue.ts';
import type { Component } from './flag-facts.ts';

/** Places in `versions`: first and last, both included. */
export type Span = readonly [from: number, to: number];
export type MergedFlag = readonly [
  goType: string,
  defaultText: string,
  deprecated: string,
  span: Span,
];
export type MergedGate = readonly [
  stage: 'alpha' | 'beta' | 'ga' | 'deprecated',
  on: 0 | 1,
  locked: 0 | 1,
  span: Span,
];

export interface MergedCatalogue {
  /** Ascending. */
  readonly versions: readonly string[];
  /** One a version. */
  readonly origins: readonly string[];
  readonly flags: Readonly<Record<string, readonly MergedFlag[]>>;
  readonly featureGates: Readonly<Record<string, readonly MergedGate[]>>;
  readonly admissionPlugins: Readonly<Record<string, readonly Span[]>>;
}

/** As generated: components of which the feature gates are the same have them in one text, the others name its component. */
export interface MergedText extends Omit<MergedCatalogue, 'featureGates'> {
  readonly featureGates: MergedCatalogue['featureGates'] | Component;
}

const parsed = new Map<Component, MergedCatalogue>();

/** Parsed at the first question: most commands ask about one component or none. */
export function mergedCatalogue(component: Component): MergedCatalogue {
  const known = parsed.get(component);
  if (known !== undefined) return known;
  const text = JSON.parse(catalogueTexts[component]) as MergedText;
  const { featureGates } = text;
  const merged: MergedCatalogue = {
    ...text,
    featureGates:
      typeof featureGates === 'string' ? mergedCatalogue(featureGates).featureGates : featureGates,
  };
  parsed.set(component, merged);
  return merged;
}

export function holdsAt([from, to]: Span, place: number): boolean {
  return from <= place && place <= to;
}
