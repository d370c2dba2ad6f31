import { findCatalogue, knownVersions } from '../../../catalogue/find-catalogue.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { partsGiven } from './parts-given.ts';
import { nameOf, refused, warned } from './subject.ts';
import type { Subject } from './subject.ts';

const ENABLE = 'enable-admission-plugins';
const DISABLE = 'disable-admission-plugins';

/**
 * Plugins that run although no flag names them, in every version that can still be met (kubernetes/kubernetes
 * pkg/kubeapiserver/options/plugins.go, DefaultOffAdmissionPlugins). Only those: others came later, or hang on a feature gate.
 */
const ON_BY_DEFAULT: ReadonlySet<string> = new Set([
  'CertificateApproval',
  'CertificateSigning',
  'CertificateSubjectRestriction',
  'DefaultIngressClass',
  'DefaultStorageClass',
  'DefaultTolerationSeconds',
  'LimitRanger',
  'MutatingAdmissionWebhook',
  'NamespaceLifecycle',
  'PersistentVolumeClaimResize',
  'PodSecurity',
  'Priority',
  'ResourceQuota',
  'RuntimeClass',
  'ServiceAccount',
  'StorageObjectInUseProtection',
  'TaintNodesByCondition',
  'ValidatingAdmissionWebhook',
]);

/** Names of admission plugins: SP2069 (unknown), SP2070 (one that runs by default is not switched off by being left out). */
export function judgePlugins(
  subject: Subject,
  flag: string,
  declaration: FlagDeclaration,
  after: CommandLine,
): readonly Diagnostic[] {
  const { component, admissionPlugins } = subject.catalogue;
  if ((flag !== ENABLE && flag !== DISABLE) || admissionPlugins.length === 0) return [];
  const { wanted, unwanted } = namesOf(declaration);
  const unknown = (name: string): boolean => !admissionPlugins.includes(name);
  const disabled = partsGiven(after, DISABLE);
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
    ...(flag === ENABLE ? unwanted : [])
      .filter((name) => ON_BY_DEFAULT.has(name) && !disabled.includes(name))
      .map((name) => {
        const message = `admission plugin ${name} runs without being named in --${ENABLE}`;
        const help = `to switch it off declare \`${DISABLE}: {include: [${name}]}\``;
        return refused(subject, 'SP2070', message, help);
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
