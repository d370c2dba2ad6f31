import type {
  ComponentCatalogue,
  FeatureGate,
  FlagFact,
} from '../../../../../src/catalogue/flag-facts.ts';
import { kindOfFlag } from '../../../../../src/catalogue/flag-type.ts';
import type { Diagnostic } from '../../../../../src/diagnostics/diagnostic.ts';
import { readCommandLine } from '../../../../../src/kinds/manifest/flags/command-line.ts';
import type { CommandLine } from '../../../../../src/kinds/manifest/flags/command-line.ts';
import { readContainer } from '../../../../../src/kinds/manifest/pod/container.ts';
import { judgeFlag } from '../../../../../src/kinds/manifest/judging/judge-flags.ts';
import { readPod } from '../../../../../src/kinds/manifest/pod/parse-pod.ts';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { good, imageOf, manage, PATH } from '../manifest-rig.ts';

/** A manifest whose only container has this command. */
export function manifest(command: readonly string[], image = 'example.org/x:1'): FileImage {
  const items = command.map((item) => `    - ${JSON.stringify(item)}\n`).join('');
  return imageOf(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: x\n    image: ${image}\n    command:\n${items}`,
  );
}

const fact = (name: string, goType: string, text = '', deprecated?: string): FlagFact => ({
  name,
  ...kindOfFlag(goType),
  goType,
  default: text,
  ...(deprecated === undefined ? {} : { deprecated }),
});

const gate = (
  name: string,
  stage: FeatureGate['stage'],
  on: boolean,
  locked = false,
): FeatureGate => ({ name, stage, default: on, locked });

const FLAGS = [
  fact('allow-metric-labels', 'stringToString', '[]'),
  fact('anonymous-auth', 'bool', 'true'),
  fact('api-audiences', 'stringSlice', '[]'),
  fact('audit-log-maxage', 'int', '0'),
  fact('audit-log-path', 'string'),
  fact('authorization-mode', 'stringSlice', '[]'),
  fact('controllers', 'stringSlice', '[*]'),
  fact('default-not-ready-toleration-seconds', 'int64', '300'),
  fact('disable-admission-plugins', 'stringSlice', '[]'),
  fact('enable-admission-plugins', 'stringSlice', '[]'),
  fact('eviction-hard', 'mapStringString'),
  fact('kubelet-preferred-address-types', 'strings', '[Hostname,InternalDNS,InternalIP]'),
  fact('manifest-url-header', 'colonSeparatedMultimapStringString', '[]'),
  fact('qps', 'float32', '20'),
  fact('request-timeout', 'duration', '1m0s'),
  fact('runtime-config', 'mapStringString'),
  fact('secure-ports', 'uint32', '0'),
  fact('service-account-issuer', 'stringArray', '[]'),
  fact('system-reserved', 'mapStringString', 'cpu=1,memory=1Gi'),
  fact('tls-cipher-suites', 'stringSlice', '[]'),
  fact('cloud-provider', 'string', '', 'will go; use an external one'),
  fact('feature-gates', 'colonSeparatedMultimapStringString'),
];

const GATES = [
  gate('AlphaThing', 'alpha', false),
  gate('BetaThing', 'beta', true),
  gate('DoneThing', 'ga', true),
  gate('LockedThing', 'ga', true, true),
  gate('OldThing', 'deprecated', false),
];

export const CATALOGUE: ComponentCatalogue = {
  component: 'kube-apiserver',
  version: '1.34',
  origin: 'made up',
  flags: new Map(FLAGS.map((one) => [one.name, one])),
  featureGates: new Map(GATES.map((one) => [one.name, one])),
  admissionPlugins: ['AlwaysAdmit', 'AlwaysPullImages', 'LimitRanger', 'NodeRestriction'],
};

/** What is said of a flag of a component that so far has these flags. */
export function judged(
  flag: string,
  declaration: FlagDeclaration,
  given: readonly string[] = [],
  catalogue: ComponentCatalogue = CATALOGUE,
): readonly Diagnostic[] {
  const before = manifest(['kube-apiserver', '--secure-port=6443', ...given]);
  const after = manage(before, { [flag]: declaration }).image;
  const lines = { before: lineOf(before), after: lineOf(after) };
  return judgeFlag(
    { path: '/m/x.yaml', catalogue, runs: catalogue.version },
    flag,
    declaration,
    lines,
  );
}

/** The same of a flag that the catalogue has with this type. */
export function judgedAs(
  name: string,
  goType: string,
  declaration: FlagDeclaration,
): readonly Diagnostic[] {
  const flags = new Map([...CATALOGUE.flags, [name, fact(name, goType)]]);
  return judged(name, declaration, [], { ...CATALOGUE, flags });
}

/** `SP2060 error: message (help)`, without the path. */
export function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(
    ({ code, severity, message, help }) =>
      `${code} ${severity}: ${message.replace('/m/x.yaml: ', '')}${help === undefined ? '' : ` (${help})`}`,
  );
}

function lineOf(image: FileImage): CommandLine {
  return good(readCommandLine(good(readContainer(good(readPod(image, PATH)), null))));
}
