import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { ProbeField } from '../companion-key.ts';
import type { ProbeName } from '../../pod/probe-name.ts';
import type { DeclaredMount } from './extra-volumes.ts';

export type KubeadmComponent = Exclude<Component, 'kube-proxy' | 'kubelet'>;

/** What kubeadm has to be told of one resource, so that what it writes has the declared flags and mounts. */
export interface KubeadmPart {
  readonly component: KubeadmComponent;
  /** Kubernetes minor of the image; `null` where its tag is none (etcd has versions of its own). */
  readonly minor: number | null;
  readonly args: readonly KubeadmArgument[];
  /** What only this node may be told. */
  readonly node: readonly NodeArgument[];
  /** Flags of kubeadm's own that must not be there: no extraArgs can say that. */
  readonly removed: readonly RemovedArgument[];
  /** Fields of probes that kubeadm would write otherwise. */
  readonly probes: readonly ProbeStep[];
  readonly mounts: readonly DeclaredMount[];
  /** What kubeadm is not told of, and why. */
  readonly leftOut: readonly string[];
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

/** An item that kubeadm writes on this node with another value, or not at all: `text` in its place. */
export interface NodeArgument {
  /** `null`: kubeadm writes none, it comes last. */
  readonly was: RemovedArgument | null;
  /** `null`: it goes. */
  readonly text: string | null;
}

export interface ProbeStep {
  /** The values hold for this node only. */
  readonly ofNode: boolean;
  readonly probe: ProbeName;
  readonly field: ProbeField;
  readonly value: string | number;
}
