import { findCatalogue, flagOfAnyVersion } from '../../../catalogue/find-catalogue.ts';
import type { KnownFlag } from '../../../catalogue/flag-facts.ts';
import { takesNextArgument } from '../../../catalogue/flag-type.ts';
import { componentNamed } from '../../../catalogue/flag-facts.ts';
import type { WrittenContainer } from '../pod/container.ts';
import { runningComponent } from '../pod/running-component.ts';
import { canonicalFlagName } from './item-key.ts';

/**
 * What is known of a flag of a container by its name alone: kubeadm, RKE2, kOps and OpenShift call it like the component. Only where
 * every version that the catalogue has agrees; `null` otherwise, and for containers of other names.
 */
export function flagOfContainer(container: string, flag: string): KnownFlag | null {
  const component = componentNamed(container);
  return component === null ? null : flagOfAnyVersion(component, flag);
}

/** What the catalogue says of the flags of a container: those of its version, or what all versions agree about. */
export function knownFlags(container: WrittenContainer): (flag: string) => KnownFlag | null {
  const running = runningComponent(container);
  if (running === null) return () => null;
  const { component, version } = running;
  const catalogue = version === null ? null : findCatalogue(component, version);
  return (flag) => catalogue?.flags.get(flag) ?? flagOfAnyVersion(component, flag);
}

/**
 * Whether a bare flag takes the next argument as its value: only where the catalogue has the flag in the very version that the
 * container runs; `null` otherwise. `spelled` has its dashes: pflag reads one dash and several letters as several flags.
 */
export function argumentsTaken(container: WrittenContainer): (spelled: string) => boolean | null {
  const running = runningComponent(container);
  if (running?.version === undefined || running.version === null) return () => null;
  const { component, version } = running;
  const catalogue = findCatalogue(component, version);
  return (spelled) => {
    if (component !== 'etcd' && /^-[^-]./.test(spelled)) return null;
    const fact = catalogue?.flags.get(canonicalFlagName(spelled));
    return fact === undefined ? null : takesNextArgument(fact.goType);
  };
}
