import { findCatalogue, knownVersions } from '../../../catalogue/find-catalogue.ts';
import type { Component, FeatureGate, FlagFact } from '../../../catalogue/flag-facts.ts';
import { gateDoneBefore } from '../../../catalogue/gate-done-before.ts';
import { compareMinor } from '../../../catalogue/minor-version.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { gateName } from '../flags/gate-name.ts';
import { parseGoBoolean } from '../values/go-scalars.ts';
import { nameOf, refused, warned } from './subject.ts';
import type { Subject } from './subject.ts';

/** Switches for all gates of a stage (component-base featuregate). */
const GROUPS: ReadonlySet<string> = new Set(['AllAlpha', 'AllBeta']);

/** Feature gates that a declaration sets: SP2066 (unknown, gone), SP2067 (locked), SP2068 (without future). */
export function judgeGates(
  subject: Subject,
  fact: FlagFact,
  declaration: FlagDeclaration,
): readonly Diagnostic[] {
  if (fact.name !== 'feature-gates' || subject.catalogue.featureGates.size === 0) return [];
  return pairsOf(declaration).flatMap(([written, value]) => {
    const name = namedGate(written, fact.goType);
    const on = parseGoBoolean(value);
    // Values that are none are told by their type.
    if (name === null || GROUPS.has(name) || on === null) return [];
    const gate = subject.catalogue.featureGates.get(name);
    return gate === undefined ? unknownGate(subject, name) : judgeGate(subject, gate, on);
  });
}

function judgeGate(subject: Subject, gate: FeatureGate, on: boolean): readonly Diagnostic[] {
  const { name, stage, locked } = gate;
  const whole = nameOf(subject);
  if (locked && on !== gate.default) {
    const message = `feature gate ${name} of ${whole} is locked to ${gate.default}`;
    return [refused(subject, 'SP2067', message, 'the component would not start: drop the entry')];
  }
  if (stage !== 'ga' && stage !== 'deprecated') return [];
  const why = stage === 'ga' ? 'generally available' : 'deprecated';
  const end = 'and goes in a later version, which will not start while it is set';
  return [warned(subject, 'SP2068', `feature gate ${name} is ${why} in ${whole} ${end}`)];
}

function unknownGate(subject: Subject, name: string): readonly Diagnostic[] {
  const { component, version, featureGates } = subject.catalogue;
  const message = `${nameOf(subject)} has no feature gate ${name}`;
  const help =
    goneGate(component, name, version) ??
    comingGate(component, name, version) ??
    nearGate(name, featureGates.keys()) ??
    'the component would not start with it: drop the entry, unless the name is misspelled';
  return [refused(subject, 'SP2066', message, help)];
}

/** Of a gate that went: what became of it, as far as the known versions tell. */
function goneGate(component: Component, name: string, version: string): string | null {
  const having = versionsWith(component, name);
  const last = having.findLast((one) => compareMinor(one, version) < 0);
  if (last === undefined) {
    const done = component === 'etcd' ? null : gateDoneBefore(name);
    if (done === null) return null;
    return `the feature was generally available in ${done} already, and its gate is gone: drop the entry, the feature stays on`;
  }
  const isGa = (one: string): boolean =>
    findCatalogue(component, one)?.featureGates.get(name)?.stage === 'ga';
  const versions = knownVersions(component);
  const removed = versions[versions.indexOf(last) + 1] ?? version;
  if (!isGa(last)) return `the gate was removed in ${removed}: drop the entry`;
  const ga = having.find(isGa) ?? last;
  const since = ga === versions[0] ? `${ga} or before` : ga;
  return `the feature went GA in ${since}, and its gate was removed in ${removed}: drop the entry, the feature stays on`;
}

function comingGate(component: Component, name: string, version: string): string | null {
  const later = versionsWith(component, name).find((one) => compareMinor(one, version) > 0);
  return later === undefined ? null : `${later} is the first known version that has it`;
}

function versionsWith(component: Component, gate: string): readonly string[] {
  return knownVersions(component).filter(
    (one) => findCatalogue(component, one)?.featureGates.has(gate) === true,
  );
}

/**
 * A misspelled name differs in a letter or two; where a word or a number differs (`ValidatingAdmissionPolicy`, `KMSv2`) another gate is
 * meant, which went before the versions that are known.
 */
function nearGate(name: string, known: Iterable<string>): string | null {
  const near = didYouMean(name, known, 2);
  return near === null || digitsOf(near) !== digitsOf(name) ? null : `did you mean ${near}?`;
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

function pairsOf(declaration: FlagDeclaration): readonly (readonly [string, string])[] {
  if (declaration.form === 'absent') return [];
  if (declaration.form === 'entries') {
    return Object.entries(declaration.entries).flatMap(([key, value]) =>
      value === null ? [] : [[key, value] as const],
    );
  }
  const parts =
    declaration.form === 'value' ? (splitSegments(declaration.value) ?? []) : declaration.include;
  return parts.flatMap((part) => {
    const [key = '', ...value] = part.split('=');
    return value.length === 0 ? [] : [[key.trim(), value.join('=').trim()] as const];
  });
}

/** `null`: of another component, whose gates are not known here. A component that reads no `COMPONENT:NAME` takes it for a name. */
function namedGate(written: string, goType: string): string | null {
  return goType === 'colonSeparatedMultimapStringString' ? gateName(written) : written;
}
