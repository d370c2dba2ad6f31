import type {
  Component,
  ComponentCatalogue,
  FeatureGate,
  FlagFact,
  KnownFlag,
} from './flag-facts.ts';
import { kindOfFlag, takesNextArgument } from './flag-type.ts';
import type { MergedCatalogue } from './merged-catalogue.ts';
import { holdsAt, mergedCatalogue } from './merged-catalogue.ts';
import { compareMinor, minorVersion } from './minor-version.ts';
import { removedBefore } from './removed-before.ts';

const found = new Map<string, ComponentCatalogue>();

/** `version` as in an image tag (`v1.34.2`) or without the patch; `null` when the catalogue has no such version. */
export function findCatalogue(component: Component, version: string): ComponentCatalogue | null {
  const merged = mergedCatalogue(component);
  const minor = minorVersion(version);
  const place = minor === null ? -1 : merged.versions.indexOf(minor);
  if (minor === null || place < 0) return null;
  const key = `${component} ${minor}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const catalogue: ComponentCatalogue = {
    component,
    version: minor,
    origin: merged.origins[place] ?? '',
    flags: flagsAt(merged, place),
    featureGates: gatesAt(merged, place),
    admissionPlugins: Object.entries(merged.admissionPlugins)
      .filter(([, spans]) => spans.some((span) => holdsAt(span, place)))
      .map(([name]) => name),
  };
  found.set(key, catalogue);
  return catalogue;
}

/** Ascending. */
export function knownVersions(component: Component): readonly string[] {
  return mergedCatalogue(component).versions;
}

/**
 * The first version without the flag, when an earlier one had it and `version` has not: of the catalogue, or of the list of flags
 * that went before its first version. `null` for a flag that `version` has, and for one that is not known to have existed.
 */
export function removedIn(component: Component, flag: string, version: string): string | null {
  const minor = minorVersion(version);
  if (minor === null) return null;
  const { versions, flags } = mergedCatalogue(component);
  const variants = Object.hasOwn(flags, flag) ? (flags[flag] ?? []) : [];
  const spans = variants.map(([, , , span]) => span);
  const has = (place: number): boolean => spans.some((span) => holdsAt(span, place));
  const upTo = versions.filter((known) => compareMinor(known, minor) <= 0).length;
  for (let place = upTo - 1; place >= 0; place -= 1) {
    if (has(place)) return place === upTo - 1 ? null : (versions[place + 1] ?? null);
  }
  const earlier = removedBefore(component, flag);
  return earlier !== null && compareMinor(earlier, minor) <= 0 ? earlier : null;
}

/** What all known versions of a component that have the flag say of it; `null` when they differ, or none has it. */
export function flagOfAnyVersion(component: Component, flag: string): KnownFlag | null {
  const { flags } = mergedCatalogue(component);
  const variants = Object.hasOwn(flags, flag) ? (flags[flag] ?? []) : [];
  const newest = variants.toSorted(([, , , a], [, , , b]) => a[1] - b[1]).at(-1);
  if (newest === undefined) return null;
  const [goType] = newest;
  const kind = kindOfFlag(goType);
  const agree = variants.every(([other]) => {
    const { type, repeat } = kindOfFlag(other);
    const same = type === kind.type && repeat === kind.repeat;
    return same && takesNextArgument(other) === takesNextArgument(goType);
  });
  return agree ? { name: flag, ...kind, goType } : null;
}

function flagsAt(merged: MergedCatalogue, place: number): ReadonlyMap<string, FlagFact> {
  const flags = new Map<string, FlagFact>();
  for (const [name, variants] of Object.entries(merged.flags)) {
    const variant = variants.find(([, , , span]) => holdsAt(span, place));
    if (variant === undefined) continue;
    const [goType, text, deprecated] = variant;
    const fact = { name, ...kindOfFlag(goType), goType, default: text };
    flags.set(name, deprecated === '' ? fact : { ...fact, deprecated });
  }
  return flags;
}

function gatesAt(merged: MergedCatalogue, place: number): ReadonlyMap<string, FeatureGate> {
  const gates = new Map<string, FeatureGate>();
  for (const [name, variants] of Object.entries(merged.featureGates)) {
    const variant = variants.find(([, , , span]) => holdsAt(span, place));
    if (variant === undefined) continue;
    const [stage, on, locked] = variant;
    gates.set(name, { name, stage, default: on === 1, locked: locked === 1 });
  }
  return gates;
}
