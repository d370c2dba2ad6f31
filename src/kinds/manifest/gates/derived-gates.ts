import { ALL_PHASES } from '../../../model/check.ts';
import type { Millis } from '../../../model/brand.ts';
import type { CheckSpec, GatePhase, GateSpec, ProcessCheck } from '../../../model/check.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ManifestSpec } from '../../../model/plan-file.ts';
import { isDeepStrictEqual } from 'node:util';
import { argvOf, knownArgv } from '../pod/argv.ts';
import { asMap } from '../pod/check-pod.ts';
import type { Container } from '../pod/container.ts';
import { listeningPorts } from './listening-ports.ts';
import { containerOf } from './container-of.ts';
import { quorumCheck } from './quorum-check.ts';
import { probeChecks } from './probe-checks.ts';
import { restartBetween } from './restart.ts';

const TIMES = {
  within: 300_000 as Millis,
  every: 2_000 as Millis,
  timeout: 10_000 as Millis,
  successes: 3,
} as const;

/**
 * Gates that a manifest implies: its process with exactly the expected arguments (unless restartProof is weak), and its own
 * HTTP and TCP probes. Before and revert are judged by the old bytes, after by the new. What cannot be read implies nothing.
 */
export function derivedGates(
  spec: ManifestSpec,
  before: FileImage,
  after: FileImage,
  path: string,
): readonly GateSpec[] {
  const old = containerOf(before, spec.container, path);
  const now = containerOf(after, spec.container, path);
  const name = now?.name ?? old?.name;
  if (name === undefined) return [];
  const restarts = restartBetween(before, after) === 'expected';
  const processes = spec.restartProof === 'weak' ? [] : processGates(name, old, now, restarts);
  return [...quorumGates(name, old), ...processes, ...probeGates(name, old, now)];
}

/** Whoever restarts a member looks first whether the cluster can spare one; what only depends on it needs quorum. */
function quorumGates(name: string, old: Container | null): readonly GateSpec[] {
  const check = old === null ? null : quorumCheck(old);
  return check === null ? [] : [gate(`${name}:etcd-quorum`, ['before'], check)];
}

function processGates(
  name: string,
  old: Container | null,
  now: Container | null,
  restarts: boolean,
): readonly GateSpec[] {
  const gates: GateSpec[] = [];
  if (old !== null && knownArgv(old) !== null) {
    const check: CheckSpec = { kind: 'process', argv: argvOf(old), ...whereabouts(old) };
    gates.push(gate(`${name}:process:old`, ['before', 'revert'], check));
  }
  if (now !== null && knownArgv(now) !== null) {
    const replaces = restarts && old !== null ? { replaces: argvOf(old) } : {};
    const check: CheckSpec = {
      kind: 'process',
      argv: argvOf(now),
      ...replaces,
      ...whereabouts(now),
    };
    gates.push(gate(`${name}:process:new`, ['after'], check));
  }
  return gates;
}

/** Where the process has to be found: its ports, and its pod. */
export function whereabouts(container: Container): Pick<ProcessCheck, 'listens' | 'container'> {
  const listens = listeningPorts(container);
  const metadata = asMap(container.source.pod['metadata']);
  const [name, namespace] = [metadata?.['name'], metadata?.['namespace']];
  const pod =
    typeof name === 'string' && name !== ''
      ? { pod: name, namespace: typeof namespace === 'string' ? namespace : 'default' }
      : null;
  return {
    ...(listens.length === 0 ? {} : { listens }),
    ...(pod === null ? {} : { container: { ...pod, container: container.name } }),
  };
}

function probeGates(
  name: string,
  old: Container | null,
  now: Container | null,
): readonly GateSpec[] {
  const oldProbes = old === null ? [] : probeChecks(old);
  const newProbes = now === null ? [] : probeChecks(now);
  const isIn = (list: typeof oldProbes, probe: (typeof oldProbes)[number]) =>
    list.some((one) => isDeepStrictEqual(one, probe));
  return [
    ...oldProbes.map((probe) =>
      isIn(newProbes, probe)
        ? gate(`${name}:${probe.name}`, ALL_PHASES, probe.check)
        : gate(`${name}:${probe.name}:old`, ['before', 'revert'], probe.check),
    ),
    ...newProbes
      .filter((probe) => !isIn(oldProbes, probe))
      .map((probe) => gate(`${name}:${probe.name}:new`, ['after'], probe.check)),
  ];
}

function gate(id: string, phases: readonly GatePhase[], check: CheckSpec): GateSpec {
  return { id, phases, check, ...TIMES };
}
