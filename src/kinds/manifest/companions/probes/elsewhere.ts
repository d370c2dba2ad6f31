import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { listenersOf } from './listeners.ts';
import { isAnswered, listenerAddress, networkProbes, probeAddress } from './probe.ts';

/**
 * Warns (SP2100) where a change of the component's addresses leaves its own probes behind: they were answered before and will
 * not be afterwards, so that the kubelet restarts the container again and again, and the gates made of them go red.
 */
export function probesLeftBehind(before: CommandLine, after: CommandLine): Diagnostic[] {
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
      message: `${source.path}: the ${probe.name} probe of ${name} asks ${probeAddress(probe)}, but it will listen on ${where}: say probes: follow on the resource, or the kubelet will restart it`,
    }));
}
