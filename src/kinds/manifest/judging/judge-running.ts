import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { partsGiven } from './parts-given.ts';
import { refused } from './subject.ts';
import type { Subject } from './subject.ts';

/**
 * Plugins that run although no flag names them, in every version that can still be met (kubernetes/kubernetes
 * pkg/kubeapiserver/options/plugins.go, DefaultOffAdmissionPlugins). Only those: others came later, or hang on a feature gate.
 */
const PLUGINS_ON_BY_DEFAULT: ReadonlySet<string> = new Set([
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

/** Controllers that `*` does not mean in some version (kubernetes/kubernetes cmd/kube-controller-manager/app, isDisabledByDefault). */
const CONTROLLERS_OFF_BY_DEFAULT: ReadonlySet<string> = new Set([
  'bootstrapsigner',
  'bootstrap-signer-controller',
  'tokencleaner',
  'token-cleaner-controller',
  'selinux-warning-controller',
]);

/**
 * What runs although a list does not name it: admission plugins by default (SP2070), controllers under `*` (SP2124). To leave one
 * of them out of its list changes nothing.
 */
export function judgeRunning(
  subject: Subject,
  flag: string,
  declaration: FlagDeclaration,
  after: CommandLine,
): readonly Diagnostic[] {
  if (declaration.form !== 'elements') return [];
  if (flag === 'enable-admission-plugins') return judgePlugins(subject, declaration.exclude, after);
  return flag === 'controllers' ? judgeControllers(subject, declaration.exclude, after) : [];
}

function judgePlugins(
  subject: Subject,
  excluded: readonly string[],
  after: CommandLine,
): readonly Diagnostic[] {
  const disabled = partsGiven(after, 'disable-admission-plugins');
  return excluded
    .filter((name) => PLUGINS_ON_BY_DEFAULT.has(name) && !disabled.includes(name))
    .map((name) => {
      const message = `admission plugin ${name} runs without being named in --enable-admission-plugins`;
      const help = `to switch it off declare \`disable-admission-plugins: {include: [${name}]}\``;
      return refused(subject, 'SP2070', message, help);
    });
}

/** The first of `name`, `-name` and `*` decides (k8s.io/controller-manager app/helper.go IsControllerEnabled). */
function judgeControllers(
  subject: Subject,
  excluded: readonly string[],
  after: CommandLine,
): readonly Diagnostic[] {
  const given = partsGiven(after, 'controllers');
  const listed = given.length === 0 ? ['*'] : given;
  if (!listed.includes('*')) return [];
  return excluded
    .filter((name) => !name.startsWith('-') && name !== '*')
    .filter((name) => !listed.includes(`-${name}`) && !CONTROLLERS_OFF_BY_DEFAULT.has(name))
    .map((name) => {
      const message = `--controllers holds *, which runs ${name} without naming it`;
      const whole = given.length === 0 ? `"*", ` : '';
      const help = `to keep it from running declare \`controllers: {include: [${whole}"-${name}"]}\``;
      return refused(subject, 'SP2124', message, help);
    });
}
