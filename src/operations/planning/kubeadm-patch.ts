import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { kubeadmPart } from '../../kinds/manifest/companions/kubeadm/kubeadm-part.ts';
import type { BeforeOf } from '../../kinds/manifest/companions/kubeadm/extra-volumes.ts';
import type { KubeadmPart } from '../../kinds/manifest/companions/kubeadm/part-types.ts';
import {
  apiFor,
  kubeadmText,
  repeatedArguments,
} from '../../kinds/manifest/companions/kubeadm/kubeadm-text.ts';
import type { KubeadmApi } from '../../kinds/manifest/companions/kubeadm/kubeadm-text.ts';
import type { HostPath, PlanName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ComputedSet } from './compute-change-set.ts';

export interface KubeadmRequest {
  /** `null`: what goes with the images. */
  readonly api: KubeadmApi | null;
}

export interface KubeadmPatch {
  /** YAML, with what was left out as comments. */
  readonly text: string;
  /** The same for the envelope and stderr. */
  readonly notes: readonly Diagnostic[];
}

/**
 * What kubeadm has to be told, so that its next upgrade keeps the flags and mounts that the asked plans declare, whether they are applied
 * already or not. Throws SP2115 (exit 64) when none of them declares one in a manifest of kubeadm.
 */
export function kubeadmPatch(
  computed: ComputedSet,
  scope: readonly PlanName[],
  { api }: KubeadmRequest,
): KubeadmPatch {
  const parts: KubeadmPart[] = [];
  const leftOut: string[] = [];
  for (const plan of computed.plans) {
    if (scope.length > 0 && !scope.includes(plan.name)) continue;
    for (const { id, spec } of plan.resources) {
      const file = spec.kind === 'manifest' ? computed.leftAt(spec.path) : undefined;
      const found =
        spec.kind !== 'manifest' || file === undefined
          ? { leftOut: spec.kind === 'manifest' ? 'the manifest is not there' : 'kind file' }
          : kubeadmPart({ ...spec, path: file.path }, file.image, beforeIn(computed, file.path));
      const reasons = 'part' in found ? found.part.leftOut : [found.leftOut];
      leftOut.push(...reasons.map((reason) => `${plan.name}/${id} (${spec.path}): ${reason}`));
      if ('part' in found) parts.push(found.part);
    }
  }
  if (!parts.some(saysSomething)) throw nothing(leftOut);
  const form = api ?? apiFor(parts);
  if (form === 'v1beta3') {
    const help = 'v1beta3 holds an argument once';
    leftOut.push(...repeatedArguments(parts).map((name) => `${name}: ${help}`));
  }
  const notes = leftOut.map((line): Diagnostic => ({
    code: 'SP2116',
    severity: 'warning',
    message: `left out: ${line}`,
  }));
  return { text: kubeadmText(parts, form, leftOut), notes };
}

function saysSomething({ args, node, removed, probes, mounts }: KubeadmPart): boolean {
  return [args, node, removed, probes, mounts].some((list) => list.length > 0);
}

/** From the record, or from a part that records it now. */
function beforeIn({ recorded, parts }: ComputedSet, path: HostPath): BeforeOf {
  return (key) =>
    recorded.files.get(path)?.items[key]?.before ??
    parts.flatMap(({ part }) => part.items).find((item) => item.path === path && item.key === key)
      ?.before;
}

function nothing(leftOut: readonly string[]): SetpointError {
  return new SetpointError(EXIT.usage, [
    {
      code: 'SP2115',
      severity: 'error',
      message: 'no plan changes a flag or has a mount in a manifest that kubeadm writes',
      help: 'name plans of kubeadm manifests (/etc/kubernetes/manifests), or leave --emit out',
      ...(leftOut.length === 0 ? {} : { detail: leftOut.join('\n') }),
    },
  ]);
}
