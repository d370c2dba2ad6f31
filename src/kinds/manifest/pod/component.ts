import { componentNamed } from '../../../catalogue/flag-facts.ts';
import type { Component } from '../../../catalogue/flag-facts.ts';
import { programOf } from './wrapper.ts';

/** What hyperkube calls some of them (kubernetes/kubernetes cmd/hyperkube, until 1.18). */
const HYPERKUBE: ReadonlyMap<string, Component> = new Map([
  ['apiserver', 'kube-apiserver'],
  ['controller-manager', 'kube-controller-manager'],
  ['scheduler', 'kube-scheduler'],
  ['proxy', 'kube-proxy'],
]);

/** Images of one architecture: registry.k8s.io/kube-apiserver-amd64. */
const ARCHITECTURE = /-(?:amd64|arm|arm64|ppc64le|s390x)$/;
/** Those of RKE2: rancher/hardened-etcd. */
const HARDENED = /^hardened-/;

/** What a container is started as. */
export interface Started {
  /** The items of `command` and `args`. */
  readonly argv: readonly string[];
  readonly hasCommand: boolean;
  readonly image: string;
}

/** By the binary that `command` names; without `command` by the image's name, whose entry point runs. */
export function componentOf({ argv, hasCommand, image }: Started): Component | null {
  const repository = repositoryOf(image);
  const ofImage = repository === 'hyperkube' ? (argv[0] ?? '') : repository;
  const name = hasCommand ? programOf(argv) : ofImage;
  const component = componentNamed(name);
  if (component !== null) return component;
  // `scheduler` alone is anybody's.
  const isHyperkube = hasCommand
    ? argv.some((item) => /(?:^|\/)hyperkube$/.test(item))
    : repository === 'hyperkube';
  return isHyperkube ? (HYPERKUBE.get(name) ?? null) : null;
}

/**
 * The same for those who only tell something about it: where the command is none that is known (a shell, a script), the image's name
 * and then the container's say what it is for.
 */
export function likelyComponent(started: Started, container: string): Component | null {
  return (
    componentOf(started) ?? componentNamed(repositoryOf(started.image)) ?? componentNamed(container)
  );
}

/**
 * The component that a process is, by its own words before the first flag. Words further on mean nothing: `grep kube-apiserver` is
 * no API server, and go-runner is only the parent of one.
 */
export function componentOfProcess(argv: readonly string[]): Component | null {
  if (/(?:^|\/)go-runner$/.test(argv[0] ?? '')) return null;
  return componentOf({ argv, hasCommand: true, image: '' });
}

/** The last part of an image's name, without tag, digest and architecture. A colon before the last slash is a registry's port. */
function repositoryOf(image: string): string {
  const [reference = ''] = image.split('@', 1);
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  return (last.split(':', 1)[0] ?? '').replace(ARCHITECTURE, '').replace(HARDENED, '');
}
