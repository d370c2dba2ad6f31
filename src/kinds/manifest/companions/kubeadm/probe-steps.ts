import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canonicalFlagName } from '../../flags/item-key.ts';
import { canFollow } from '../probes/can-follow.ts';
import { decidedFields } from '../probes/follow.ts';
import { ADDRESS_FLAGS, listenersOf } from '../probes/listeners.ts';
import { isAnswered, networkProbes, probeAddress } from '../probes/probe.ts';
import type { Probe } from '../probes/probe.ts';
import { PROBE_FIELDS } from '../companion-key.ts';
import type { ProbeField } from '../companion-key.ts';
import type { KubeadmProbe } from './kubeadm-probe.ts';
import type { KubeadmPart, ProbeStep } from './part-types.ts';
import type { FlagReaders } from './sort-flags.ts';

/** What the flags of the component are once kubeadm has written them, and where its probes ask then. */
interface Rendered extends FlagReaders {
  readonly probe: KubeadmProbe;
}

/**
 * The fields of probes that go with declared addresses, where nobody would answer what kubeadm writes: as `probes: follow` has them in
 * the manifest after the plan. Without it, and where that is of no use, kubeadm is told nothing, and why is said.
 */
export function probeSteps(
  spec: ManifestSpec,
  line: CommandLine,
  { probe: written, configured, started, isOfNode }: Rendered,
): Pick<KubeadmPart, 'probes' | 'leftOut'> {
  const declared = new Set(Object.keys(spec.flags).map(canonicalFlagName));
  const flags = Object.values(ADDRESS_FLAGS).flatMap((byName) => Object.values(byName).flat());
  if (!flags.some((flag) => declared.has(flag))) return { probes: [], leftOut: [] };
  const listeners = listenersOf(line, started);
  if (listeners === null) {
    return { probes: [], leftOut: ['its probes: it cannot be told where it listens'] };
  }
  const leftOut: string[] = [];
  const probes = networkProbes(line.container).flatMap((probe): readonly ProbeStep[] => {
    const live = listenersOf(line, configured) ?? listeners;
    const whole = withFields(probe, written, PROBE_FIELDS);
    const decided = decidedFields(whole, live, listeners, (flag) => declared.has(flag));
    const byKubeadm = withFields(
      probe,
      written,
      decided.map(({ field }) => field),
    );
    if (decided.length === 0 || isAnswered(byKubeadm, listeners)) return [];
    if (spec.probes !== 'follow' || !isAnswered(probe, listeners)) {
      const follows = canFollow(spec, line, probe.name);
      const way = follows ? 'say probes: follow, or patch it' : 'patch it';
      leftOut.push(
        `the ${probe.name} probe: kubeadm makes it ask ${probeAddress(byKubeadm)}, where nobody will listen: ${way}`,
      );
      return [];
    }
    return decided.flatMap((one): readonly ProbeStep[] => {
      const value = valueOf(probe, one.field);
      const same = value === valueOf(byKubeadm, one.field);
      const ofNode = one.flags.some(isOfNode);
      return same ? [] : [{ ofNode, probe: probe.name, field: one.field, value }];
    });
  });
  return { probes, leftOut };
}

/** The probe with these fields as kubeadm writes them; the others are somebody else's. */
function withFields(probe: Probe, written: KubeadmProbe, fields: readonly ProbeField[]): Probe {
  const { host, port, scheme } = written;
  return {
    ...probe,
    ...(fields.includes('host') ? { host } : {}),
    ...(fields.includes('port') ? { port: String(port), number: port } : {}),
    ...(fields.includes('scheme') ? { scheme } : {}),
  };
}

/** A name of a port stands for another number where kubeadm writes the ports. An empty host is none (v1.Pod, omitempty). */
function valueOf(probe: Probe, field: ProbeField): string | number {
  if (field === 'port') return probe.number ?? probe.port;
  return field === 'host' ? (probe.host ?? '') : (probe.scheme ?? 'HTTP').toUpperCase();
}
