/** When the kubelet acts, and how long a component takes: what a gate sees too early or not long enough. */
import { describe, expect, it } from 'vitest';
import { createCheck } from '../../../src/checks/create-check.ts';
import { noteProcesses } from '../../../src/checks/process-baseline.ts';
import { runGates } from '../../../src/checks/run-gates.ts';
import type { Processes } from '../../../src/host/ports.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import type { ProcessCheck } from '../../../src/model/check.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { contextWith, recorder, running } from '../../unit/checks/check-world.ts';
import { NO_RESTART, setFlag, trapHost, WAIT } from '../rig/trap-host.ts';
import { gatesOf } from './derived.ts';
import { patientClock } from './patient-clock.ts';
import { untilHealthy } from '../rig/running-host.ts';

function isNew({ argv }: { readonly argv: readonly string[] }): boolean {
  return argv.includes('--log-level=debug');
}

describe('a probe right after the write', () => {
  it('is answered by the process that is about to end; setpoint waits for the new one and takes the change back', async () => {
    const host = await trapHost();
    const { kubelet, status, manifest } = host;
    const original = await manifest();
    kubelet.switches.noticing.close();
    await host.install(setFlag(original, '--log-level=info', '--log-level=loud'));
    expect(await status('/readyz')).toBe(200);
    kubelet.switches.noticing.open();
    const exit = await kubelet.waitFor('exited', { matches: (event) => event.code === 1 });
    expect(exit).toMatchObject({ container: 'demo-component' });
    await host.install(original);
    await kubelet.settled();
    await untilHealthy(`${host.url}/readyz`);

    await host.propose('log-level: loud');
    kubelet.switches.noticing.close();
    const since = kubelet.events().length;
    const applying = host.rig.exits(3, 'apply', '--auto-approve', '--no-guardian', '--json');
    await kubelet.waitFor('file-event', { since });
    expect(await status('/readyz')).toBe(200);
    kubelet.switches.noticing.open();
    expect((await applying).stdout).toContain('keeps exiting');
    expect(await manifest()).toBe(original);
    expect(await host.flags()).toMatchObject({ 'log-level': 'info' });
  });

  it('is answered by the old process while the new one runs already, where both may have the port', async () => {
    const sharing = '--listen-port=';
    const host = await trapHost({
      overlap: true,
      prepare: (text) => text.replace(sharing, `--permit-port-sharing=true\n    - ${sharing}`),
    });
    const { kubelet } = host;
    const [before, after] = [
      await host.manifest(),
      setFlag(await host.manifest(), 'info', 'debug'),
    ];
    const check = gatesOf(before, after).find((gate) => gate.id.endsWith(':process:new'))?.check;
    const processes = procProcesses();
    const baseline = await noteProcesses([check as ProcessCheck], processes);
    kubelet.switches.terminating.close();
    await host.install(after);
    await kubelet.waitFor('started', { matches: isNew });
    // pgrep and curl together are content: the new arguments run, and somebody answers.
    expect(kubelet.running().filter(isNew)).toHaveLength(1);
    expect(await host.flags()).toMatchObject({ 'log-level': 'info' });

    const pace = { timeout: 5000 as Millis };
    const proof = createCheck(check!, contextWith({ processes, baseline }), pace);
    const { signal } = new AbortController();
    expect(await proof.attempt(signal)).toMatchObject({
      good: false,
      detail: expect.stringContaining('the old process still runs'),
    });
    kubelet.switches.terminating.open();
    await kubelet.settled();
    // The new one tries for the port anew every 20 ms.
    await expect.poll(() => proof.attempt(signal), WAIT).toMatchObject({ good: true });
    proof.close?.();
    await expect.poll(host.flags, WAIT).toMatchObject({ 'log-level': 'debug' });
  });
});

describe('a minute', () => {
  it('is not enough for a pod whose volumes are unmounted first; the gates of a manifest wait as long as its probes would', async () => {
    const host = await trapHost();
    const { kubelet } = host;
    const [before, after] = [
      await host.manifest(),
      setFlag(await host.manifest(), 'info', 'debug'),
    ];
    const gates = gatesOf(before, after);
    const checks = gates.map((gate) => gate.check).filter((check) => check.kind === 'process');
    // The whole of /proc some hundred times would say no more.
    const processes: Processes = {
      list: async () => kubelet.running().map(({ pid, argv }) => running(pid ?? 0, argv)),
    };
    const baseline = await noteProcesses(checks, processes);
    async function startsAfter70Seconds(): Promise<void> {
      kubelet.switches.unmounting.open();
      await kubelet.settled();
      await untilHealthy(`${host.url}/readyz`);
    }
    kubelet.switches.unmounting.close();
    await host.install(after);
    await kubelet.waitFor('stopped');

    const minute = patientClock(70_000, startsAfter70Seconds);
    let healthy = false;
    while (!healthy && minute.monotonic() < 60_000) {
      healthy = (await host.status('/readyz')) === 200;
      await minute.sleep(2000 as Millis);
    }
    expect(healthy).toBe(false);

    const clock = patientClock(70_000, startsAfter70Seconds);
    const context = contextWith({ processes, baseline, clock });
    const { verdict } = await runGates(gates, 'after', context, recorder());
    expect(verdict).toBe('green');
    expect(clock.monotonic()).toBeGreaterThanOrEqual(70_000);
    expect(host.restarts()).toEqual({ ...NO_RESTART, pods: 1, processes: 1 });
  });
});
