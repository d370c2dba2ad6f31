import { findCatalogue, knownVersions } from '../../../catalogue/find-catalogue.ts';
import type { FeatureGate, FlagFact } from '../../../catalogue/flag-facts.ts';
import { compareMinor } from '../../../catalogue/minor-version.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { splitSegments } from '../flags/flag-segments.ts';
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
    const name = gateName(written, fact.goType);
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
  const having = knownVersions(component).filter(
    (one) => findCatalogue(component, one)?.featureGates.has(name) === true,
  );
  const earlier = having.findLast((one) => compareMinor(one, version) < 0);
  const later = having.find((one) => compareMinor(one, version) > 0);
  const near = didYouMean(name, featureGates.keys());
  const help =
    earlier !== undefined
      ? `${earlier} is the last known version that has it: drop the entry`
      : later !== undefined
        ? `${later} is the first known version that has it`
        : near !== null
          ? `did you mean ${near}?`
          : 'the component would not start with it';
  return [refused(subject, 'SP2066', message, help)];
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

/**
 * From 1.31 on the API server reads `COMPONENT:NAME=…`, `kube` being its own gates and what is meant without a component; those of
 * others that run in it are not known here (component-base version registry).
 */
function gateName(written: string, goType: string): string | null {
  const colon = written.indexOf(':');
  if (colon === -1 || goType !== 'colonSeparatedMultimapStringString') return written;
  return written.slice(0, colon) === 'kube' ? written.slice(colon + 1) : null;
}
