import type { CisVersion } from '../../catalogue/cis/versions.ts';
import { CIS_VERSIONS, cisVersionFor, isCisVersion } from '../../catalogue/cis/versions.ts';
import { kubernetesMinor } from '../../catalogue/image-version.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { EXIT } from '../../model/outcome.ts';
import type { UnnamedSession } from '../session.ts';
import { composeAudit } from './compose-audit.ts';
import { findSubjects } from './find-subjects.ts';
import type { Found } from './found.ts';
import { workspaceIfAny } from './named-manifests.ts';
import type { AuditResult, DuplicateManifest } from './results.ts';

/**
 * Judges the components of the host by the rows of the CIS benchmark that flags decide; changes nothing, needs no workspace. Exit 2
 * when a row fails or a pod is in several files (SP4156), 1 when none is as far as could be read (SP4153). Throws SP4150 (unknown profile, exit 64), SP4151 (no component here) and SP4152 (which profile cannot be told).
 */
export async function auditHost(
  { host, options }: UnnamedSession,
  profile: string | null,
): Promise<{ readonly result: AuditResult; readonly notes: readonly Diagnostic[] }> {
  const asked = profile === null ? null : requireProfile(profile);
  const notes: Diagnostic[] = [];
  const { config, paths } = await workspaceIfAny(options.cwd, notes);
  const { found, duplicates } = await findSubjects(host, paths, notes);
  notes.push(...duplicates.map(inSeveralFiles));
  if (found.length === 0) throw nothingHere(notes);
  const minor = kubernetesOf(found);
  const [version, chosenBy] = chooseProfile(asked, config?.cis ?? null, minor);
  const audit = composeAudit(version, found);
  const unread = notes.filter(({ code }) => code === 'SP4153').map(({ message }) => message);
  const result: AuditResult = {
    profile: version,
    chosenBy,
    kubernetes: minor === null ? null : `1.${minor}`,
    ...audit,
    unread,
    duplicates,
    exitCode: exitCodeOf(audit.score.fail + duplicates.length, unread.length),
  };
  return { result, notes };
}

function exitCodeOf(failed: number, unread: number): AuditResult['exitCode'] {
  if (failed > 0) return EXIT.pending;
  return unread > 0 ? EXIT.failed : EXIT.done;
}

function inSeveralFiles({ pod, runs, others }: DuplicateManifest): Diagnostic {
  const message = `${others.join(' and ')} ${others.length === 1 ? 'is' : 'are'} the pod ${pod}, and so is ${runs}, which the kubelet runs: only that was judged`;
  const help =
    'move copies out of the directory: the kubelet reads every name without a leading dot';
  return { code: 'SP4156', severity: 'warning', message, help };
}

function requireProfile(text: string): CisVersion {
  const name = /^\d/.test(text) ? `cis-${text}` : text;
  if (isCisVersion(name)) return name;
  const near = didYouMean(name, CIS_VERSIONS);
  const help = near === null ? `one of: ${CIS_VERSIONS.join(', ')}` : `did you mean "${near}"?`;
  const message = `there is no profile ${JSON.stringify(text)}`;
  throw new SetpointError(EXIT.usage, [{ code: 'SP4150', severity: 'error', message, help }]);
}

/** Minor of the newest Kubernetes component; images of etcd say nothing of it. */
function kubernetesOf(found: readonly Found[]): number | null {
  const minors = found.flatMap(({ subject: { component, image } }) => {
    const minor = component === 'etcd' || image === null ? null : kubernetesMinor(image);
    return minor ?? [];
  });
  return minors.length === 0 ? null : Math.max(...minors);
}

function chooseProfile(
  asked: CisVersion | null,
  configured: string | null,
  minor: number | null,
): readonly [CisVersion, AuditResult['chosenBy']] {
  if (asked !== null) return [asked, 'flag'];
  if (configured !== null && isCisVersion(configured)) return [configured, 'workspace'];
  if (minor !== null) return [cisVersionFor(minor), 'image'];
  const message = 'which profile is meant cannot be told: no image names the version of Kubernetes';
  const help = `say it: --profile ${CIS_VERSIONS.at(-2)}, or cis: in setpoint.yaml`;
  throw new SetpointError(EXIT.usage, [{ code: 'SP4152', severity: 'error', message, help }]);
}

function nothingHere(notes: readonly Diagnostic[]): SetpointError {
  const message = 'there is nothing to audit: no manifest of a control plane, and no kubelet';
  const help =
    "manifests are looked for in /etc/kubernetes/manifests, in RKE2's directory and where plans of the workspace name them; run it on the host, as root, or with --root DIR";
  return new SetpointError(EXIT.failed, [
    { code: 'SP4151', severity: 'error', message, help },
    ...notes,
  ]);
}
