import { findCatalogue, flagOfAnyVersion } from '../../../catalogue/find-catalogue.ts';
import type { KnownFlag } from '../../../catalogue/flag-facts.ts';
import { componentNamed } from '../pod/component.ts';
import type { Container } from '../pod/container.ts';
import { runningComponent } from '../pod/running-component.ts';

/**
 * What is known of a flag of a container by its name alone: kubeadm, RKE2, kOps and OpenShift call it like the component. Only where
 * every version that the catalogue has agrees; `null` otherwise, and for containers of other names.
 */
export function flagOfContainer(container: string, flag: string): KnownFlag | null {
  const component = componentNamed(container);
  return component === null ? null : flagOfAnyVersion(component, flag);
}

/** What the catalogue says of the flags of a container: those of its version, or what all versions agree about. */
export function knownFlags(container: Container): (flag: string) => KnownFlag | null {
  const running = runningComponent(container);
  if (running === null) return () => null;
  const { component, version } = running;
  const catalogue = version === null ? null : findCatalogue(component, version);
  return (flag) => catalogue?.flags.get(flag) ?? flagOfAnyVersion(component, flag);
}
