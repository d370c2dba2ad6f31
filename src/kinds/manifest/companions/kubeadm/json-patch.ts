import type { DeclaredMount } from './extra-volumes.ts';
import type { KubeadmPart, NodeArgument, RemovedArgument } from './part-types.ts';

/** An operation of RFC 6902. */
export interface PatchStep {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

const CONTAINER = '/spec/containers/0';

/**
 * What no ClusterConfiguration can say of a component: that an argument of kubeadm's own is gone, and mounts of etcd, which has no
 * extraVolumes there.
 */
export function patchSteps({ component, removed, mounts }: KubeadmPart): readonly PatchStep[] {
  const added = component === 'etcd' ? mounts.filter(({ wasThere }) => !wasThere) : [];
  return [...removedSteps(removed), ...addedSteps(added)];
}

/** What only one node may get: places from the last to the first, then what is added at the end. */
export function nodeSteps({ node }: KubeadmPart): readonly PatchStep[] {
  return node.toSorted((a, b) => (b.was?.index ?? -1) - (a.was?.index ?? -1)).flatMap(stepsOf);
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
function addedSteps(mounts: readonly DeclaredMount[]): readonly PatchStep[] {
  return mounts.flatMap(({ volume }): PatchStep[] => {
    const { name, hostPath: path, mountPath, readOnly, pathType } = volume;
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
  });
}
