import { kubernetesMinor } from '../../../../catalogue/image-version.ts';
import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { FileImage } from '../../../../model/file-image.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import { flagsNamed, readCommandLine } from '../../flags/command-line.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { readContainer } from '../../pod/container.ts';
import { readBefore } from '../../flags/flag-before.ts';
import { canonicalFlagName, itemKey } from '../../flags/item-key.ts';
import { readPod } from '../../pod/parse-pod.ts';
import { componentOfLine } from '../component-of-line.ts';
import { ownerOf } from '../risks/owner.ts';
import { declaredMounts } from './extra-volumes.ts';
import type { BeforeOf, DeclaredMount } from './extra-volumes.ts';

export type KubeadmComponent = Exclude<Component, 'kube-proxy' | 'kubelet'>;

/** What kubeadm has to be told of one resource, so that what it writes has the declared flags and mounts. */
export interface KubeadmPart {
  readonly component: KubeadmComponent;
  /** Kubernetes minor of the image; `null` where its tag is none (etcd has versions of its own). */
  readonly minor: number | null;
  readonly args: readonly KubeadmArgument[];
  /** Flags of kubeadm's own that must not be there: no extraArgs can say that. */
  readonly removed: readonly RemovedArgument[];
  readonly mounts: readonly DeclaredMount[];
}

export interface KubeadmArgument {
  readonly name: string;
  readonly value: string;
}

/** An item of `command`, with the place at which kubeadm, which sorts its flags, is expected to write it. */
export interface RemovedArgument {
  readonly text: string;
  readonly index: number;
}

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
  const names = Object.keys(spec.flags).map(canonicalFlagName);
  const args = names.flatMap((name) =>
    flagsNamed(line.value, name).map(({ value, follower }) => ({
      name,
      value: value ?? follower?.text ?? 'true',
    })),
  );
  const removed = removedFrom(line.value, names, beforeOf);
  const mounts = declaredMounts(spec, pod.value, line.value.container.name, beforeOf);
  const image = line.value.container.decoded['image'];
  const minor = typeof image === 'string' ? kubernetesMinor(image) : null;
  return { part: { component, minor, args, removed, mounts } };
}

function removedFrom(
  line: CommandLine,
  names: readonly string[],
  beforeOf: BeforeOf,
): readonly RemovedArgument[] {
  const { name: container } = line.container;
  const gone = names.flatMap((flag) => {
    if (flagsNamed(line, flag).length > 0) return [];
    const before = beforeOf(itemKey({ form: 'whole', container, flag }));
    const text = before === undefined ? undefined : readBefore(before)?.item?.text;
    return text === undefined ? [] : [{ flag, text }];
  });
  const present = line.tokens.flatMap((token) => (token.kind === 'flag' ? [token.name] : []));
  const sorted = [...present, ...gone.map(({ flag }) => flag)].toSorted();
  return gone.map(({ flag, text }) => ({ text, index: line.start + sorted.indexOf(flag) }));
}
