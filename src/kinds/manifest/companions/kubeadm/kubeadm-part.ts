import { kubernetesMinor } from '../../../../catalogue/image-version.ts';
import type { ItemKey } from '../../../../model/brand.ts';
import type { FileImage } from '../../../../model/file-image.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import { readCommandLine } from '../../flags/command-line.ts';
import { readContainer } from '../../pod/container.ts';
import { canonicalFlagName, itemKey } from '../../flags/item-key.ts';
import { readPod } from '../../pod/parse-pod.ts';
import { componentOfLine } from '../component-of-line.ts';
import { ownerOf } from '../risks/owner.ts';
import { declaredMounts } from './extra-volumes.ts';
import type { BeforeOf } from './extra-volumes.ts';
import { kubeadmProbe } from './kubeadm-probe.ts';
import type { KubeadmPart } from './part-types.ts';
import { nodeAddress } from './of-node.ts';
import { probeSteps } from './probe-steps.ts';
import { sortFlags } from './sort-flags.ts';

/** The part of one resource, from its manifest as the plan leaves it; else why it is none of kubeadm's. */
export function kubeadmPart(
  spec: ManifestSpec,
  after: FileImage,
  beforeOf: BeforeOf,
): { readonly part: KubeadmPart } | { readonly leftOut: string } {
  const pod = readPod(after, spec.path);
  const container = pod.ok ? readContainer(pod.value, spec.container) : pod;
  const line = container.ok ? readCommandLine(container.value) : container;
  if (!pod.ok || !line.ok) return { leftOut: 'the manifest cannot be read' };
  const owner = ownerOf(pod.value);
  if (owner !== 'kubeadm') {
    return { leftOut: owner === null ? 'no manifest that kubeadm writes' : `${owner} writes it` };
  }
  const component = componentOfLine(line.value);
  if (component === null || component === 'kube-proxy' || component === 'kubelet') {
    return { leftOut: 'no component that kubeadm has arguments for' };
  }
  const keys = keysOf(spec, line.value.container.name);
  const node = nodeAddress(pod.value);
  const { readers, ...flags } = sortFlags(component, line.value, keys, beforeOf, node);
  const probe = kubeadmProbe(component, readers.configured, node);
  const followed = probeSteps(spec, line.value, { probe, ...readers });
  const leftOut = [...flags.leftOut, ...followed.leftOut];
  const mounts = declaredMounts(spec, pod.value, line.value.container.name, beforeOf);
  const image = line.value.container.decoded['image'];
  const minor = typeof image === 'string' ? kubernetesMinor(image) : null;
  return { part: { component, minor, ...flags, ...followed, mounts, leftOut } };
}

/** Every item that a resource declares of each of its flags. */
function keysOf(spec: ManifestSpec, container: string): ReadonlyMap<string, readonly ItemKey[]> {
  return new Map(
    Object.entries(spec.flags).map(([name, declaration]) => {
      const flag = canonicalFlagName(name);
      const base = { container, flag } as const;
      if (declaration.form === 'elements') {
        const parts = [...declaration.include, ...declaration.exclude];
        return [flag, parts.map((part) => itemKey({ form: 'element', ...base, part }))];
      }
      if (declaration.form !== 'entries') return [flag, [itemKey({ form: 'whole', ...base })]];
      const parts = Object.keys(declaration.entries);
      return [flag, parts.map((part) => itemKey({ form: 'entry', ...base, part }))];
    }),
  );
}
