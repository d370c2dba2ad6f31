/** A process with the right arguments, younger than the change, may still be one of the old pod. */
import { expect, it } from 'vitest';
import type { Check } from '../../../src/checks/context.ts';
import { createCheck } from '../../../src/checks/create-check.ts';
import { noteProcesses } from '../../../src/checks/process-baseline.ts';
import type { Millis } from '../../../src/model/brand.ts';
import type { ProcessCheck } from '../../../src/model/check.ts';
import { contextWith } from '../../unit/checks/check-world.ts';
import { ONE_RESTART, setFlag, trapHost, WAIT } from '../rig/trap-host.ts';
import type { TrapHost } from '../rig/trap-host.ts';
import { gatesOf } from './derived.ts';
import { witnesses } from './pod-witnesses.ts';
import type { Witness } from './pod-witnesses.ts';

const PACE = { timeout: 5000 as Millis, every: 0 as Millis };

type Verdicts = Partial<Record<Witness, boolean>>;

/** The restart proof for these checks, once with each witness; what runs now is what ran before. */
async function proofs(host: TrapHost, check: ProcessCheck): Promise<() => Promise<Verdicts>> {
  const made: (readonly [Witness, Check])[] = [];
  for (const [name, world] of await witnesses(host)) {
    const baseline = await noteProcesses([check], world.processes, world.podRuntime);
    made.push([name, createCheck(check, contextWith({ ...world, baseline }), PACE)]);
  }
  return async () => {
    const { signal } = new AbortController();
    const answers = made.map(async ([name, one]) => [name, (await one.attempt(signal)).good]);
    return Object.fromEntries(await Promise.all(answers)) as Verdicts;
  };
}

it('the old pod that is started again is taken for the new one by its arguments; cgroup, crictl and /pods tell them apart', async () => {
  const host = await trapHost();
  const { kubelet } = host;
  const before = await host.manifest();
  // Another pod with the same command line, as where only a mount changes.
  const after = setFlag(before, 'tier: control-plane', 'tier: control-plane\n    edition: second');
  const check = gatesOf(before, after).find((gate) => gate.id.endsWith(':process:new'))?.check;
  const proven = await proofs(host, check as ProcessCheck);

  kubelet.switches.noticing.close();
  await host.install(after);
  const since = kubelet.events().length;
  process.kill(kubelet.running()[0]?.pid ?? 0, 'SIGTERM');
  await kubelet.waitFor('started', { since });
  await host.answers('/readyz', 200);
  expect(await proven()).toEqual({ arguments: true, cgroup: false, crictl: false, pods: false });

  kubelet.switches.noticing.open();
  await kubelet.settled();
  await expect
    .poll(proven, WAIT)
    .toEqual({ arguments: true, cgroup: true, crictl: true, pods: true });
  expect(host.restarts()).toEqual({ ...ONE_RESTART, processes: 2 });
});
