import type { DeclaredMount, ExtraVolume, FormerMount } from './extra-volumes.ts';
import type { KubeadmPart, NodeArgument, ProbeStep, RemovedArgument } from './part-types.ts';

/** An operation of RFC 6902. */
export interface PatchStep {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

const CONTAINER = '/spec/containers/0';

/**
 * What no ClusterConfiguration can say of a component: that an argument of kubeadm's own is gone, where probes ask, and mounts of
 * etcd, which has no extraVolumes there.
 */
export function patchSteps({
  component,
  removed,
  mounts,
  probes,
}: KubeadmPart): readonly PatchStep[] {
  const unsaid = component === 'etcd' ? mounts : [];
  const all = probes.filter(({ ofNode }) => !ofNode);
  return [...removedSteps(removed), ...unsaid.flatMap(mountSteps), ...all.map(probeStep)];
}

/** What only one node may get: places from the last to the first, then what is added at the end. */
export function nodeSteps({ node, probes }: KubeadmPart): readonly PatchStep[] {
  return [
    ...node.toSorted((a, b) => (b.was?.index ?? -1) - (a.was?.index ?? -1)).flatMap(stepsOf),
    ...probes.filter(({ ofNode }) => ofNode).map(probeStep),
  ];
}

/**
 * A field has its place by its name, so nothing is tested: kubeadm calls the port by a number or a name, as its version does, and
 * `add` replaces a member that is there (RFC 6902, 4.1). A probe that is not there stops kubeadm.
 */
function probeStep({ probe, field, value }: ProbeStep): PatchStep {
  return { op: 'add', path: `${CONTAINER}/${probe}Probe/httpGet/${field}`, value };
}

function stepsOf({ was, text }: NodeArgument): readonly PatchStep[] {
  const command = `${CONTAINER}/command`;
  if (was === null) return [{ op: 'add', path: `${command}/-`, value: text }];
  const path = `${command}/${String(was.index)}`;
  const test: PatchStep = { op: 'test', path, value: was.text };
  return [test, text === null ? { op: 'remove', path } : { op: 'replace', path, value: text }];
}

/** From the last place to the first, so that no removal moves another. Each place is tested before. */
function removedSteps(removed: readonly RemovedArgument[]): readonly PatchStep[] {
  return removed
    .toSorted((a, b) => b.index - a.index)
    .flatMap(({ index, text }): PatchStep[] => {
      const path = `${CONTAINER}/command/${String(index)}`;
      return [
        { op: 'test', path, value: text },
        { op: 'remove', path },
      ];
    });
}

/** kubeadm's etcd has volumes and mounts of its own, so both lists are there. One volume a mount, as kubeadm does it. */
function mountSteps({ volume, was }: DeclaredMount): readonly PatchStep[] {
  const { name, hostPath: path, mountPath, readOnly, pathType } = volume;
  if (was !== null) return changedSteps(volume, was);
  const hostPath = pathType === undefined ? { path } : { path, type: pathType };
  const mount = { mountPath, name };
  return [
    { op: 'add', path: '/spec/volumes/-', value: { hostPath, name } },
    {
      op: 'add',
      path: `${CONTAINER}/volumeMounts/-`,
      value: readOnly ? { ...mount, readOnly } : mount,
    },
  ];
}

/** A mount of kubeadm's own that a plan has changed, at its place, which is tested before. */
function changedSteps(
  { name, mountPath, readOnly, pathType = '' }: ExtraVolume,
  was: FormerMount,
): readonly PatchStep[] {
  const mount = `${CONTAINER}/volumeMounts/${String(was.at.mount)}`;
  const volume = `/spec/volumes/${String(was.at.volume)}`;
  const access: readonly PatchStep[] = [
    { op: 'test', path: `${mount}/mountPath`, value: mountPath },
    { op: 'add', path: `${mount}/readOnly`, value: readOnly },
  ];
  const type: readonly PatchStep[] = [
    { op: 'test', path: `${volume}/name`, value: name },
    { op: 'add', path: `${volume}/hostPath/type`, value: pathType },
  ];
  return [...(was.readOnly === readOnly ? [] : access), ...(was.type === pathType ? [] : type)];
}
