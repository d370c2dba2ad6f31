import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canFollow } from './can-follow.ts';
import { listenersOf } from './listeners.ts';
import type { Listener } from './listeners.ts';
import { isAnswered, listenerAddress, networkProbes, probeAddress } from './probe.ts';
import type { ProbeName } from '../../pod/probe-name.ts';

/**
 * Warns (SP2100) where a change of the component's addresses leaves its own probes behind: they were answered before and will
 * not be afterwards, so that the kubelet restarts the container again and again, and the gates made of them go red. `null` for the
 * resource: the file is given back.
 */
export function probesLeftBehind(
  spec: ManifestSpec | null,
  before: CommandLine,
  after: CommandLine,
): Diagnostic[] {
  const [old, now] = [listenersOf(before), listenersOf(after)];
  if (old === null || now === null) return [];
  const answered = new Set(
    networkProbes(before.container).flatMap((probe) =>
      isAnswered(probe, old) ? [probe.name] : [],
    ),
  );
  const { name, source } = after.container;
  const where = now.map(listenerAddress).join(' and ') || 'nowhere';
  return networkProbes(after.container)
    .filter((probe) => answered.has(probe.name) && !isAnswered(probe, now))
    .map((probe) => ({
      code: 'SP2100',
      severity: 'warning',
      message: `${source.path}: the ${probe.name} probe of ${name} asks ${probeAddress(probe)}, but it will listen on ${where}: ${wayOn(spec, before, probe.name, now)}, or the kubelet will restart it`,
    }));
}

/** `probes: follow` only where it is not refused (SP2117) and reaches the probe. */
function wayOn(
  spec: ManifestSpec | null,
  before: CommandLine,
  probe: ProbeName,
  listeners: readonly Listener[],
): string {
  if (spec !== null && canFollow(spec, before, probe)) return 'say probes: follow on the resource';
  return listeners.length === 0
    ? 'keep a port, or take the probe out of the manifest by hand first'
    : 'keep an address that answers it, or change the probe by hand';
}
