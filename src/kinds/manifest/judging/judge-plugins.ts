import { findCatalogue, knownVersions } from '../../../catalogue/find-catalogue.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { nameOf, refused, warned } from './subject.ts';
import type { Subject } from './subject.ts';

const FLAGS: ReadonlySet<string> = new Set([
  'enable-admission-plugins',
  'disable-admission-plugins',
]);

/** Names of admission plugins that the version does not have (SP2069). */
export function judgePlugins(
  subject: Subject,
  flag: string,
  declaration: FlagDeclaration,
): readonly Diagnostic[] {
  const { component, admissionPlugins } = subject.catalogue;
  if (!FLAGS.has(flag) || admissionPlugins.length === 0) return [];
  const { wanted, unwanted } = namesOf(declaration);
  const unknown = (name: string): boolean => !admissionPlugins.includes(name);
  return [
    ...wanted.filter(unknown).map((name) => {
      const message = `${nameOf(subject)} has no admission plugin ${JSON.stringify(name)}`;
      return refused(subject, 'SP2069', message, wrongName(name, admissionPlugins));
    }),
    ...unwanted
      .filter((name) => unknown(name) && !wasKnown(component, name))
      .map((name) => {
        const message = `${nameOf(subject)} has no admission plugin ${JSON.stringify(name)}, so leaving it out does nothing`;
        return warned(subject, 'SP2069', `${message}; ${wrongName(name, admissionPlugins)}`);
      }),
  ];
}

function namesOf(declaration: FlagDeclaration): {
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
} {
  if (declaration.form === 'elements') {
    return { wanted: declaration.include, unwanted: declaration.exclude };
  }
  const value = declaration.form === 'value' ? declaration.value : '';
  return { wanted: splitSegments(value) ?? [], unwanted: [] };
}

function wrongName(name: string, plugins: readonly string[]): string {
  const near = didYouMean(name, plugins);
  return near === null ? 'names are spelled as in the component’s help' : `did you mean ${near}?`;
}

function wasKnown(component: Subject['catalogue']['component'], name: string): boolean {
  return knownVersions(component).some(
    (version) => findCatalogue(component, version)?.admissionPlugins.includes(name) === true,
  );
}
