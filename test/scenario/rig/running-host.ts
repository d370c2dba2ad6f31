import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startKubelet } from '../../kubelet/start-kubelet.ts';
import type { Kubelet, KubeletOptions } from '../../kubelet/start-kubelet.ts';
import { ask } from './ask.ts';
import { freePort } from './free-port.ts';
import type { HostFixture } from './host-fixture.ts';
import { createRig } from './rig.ts';
import type { Rig } from './rig.ts';

export const MANIFESTS = 'etc/kubernetes/manifests';

/** `setpoint.yaml` lines: gates that answer in a second instead of minutes. */
export const QUICK_GATES = 'gates: {within: 20s, every: 200ms, timeout: 2s, successes: 3}\n';

export interface RunningHost {
  readonly rig: Rig;
  readonly kubelet: Kubelet;
  readonly ports: Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
}

/** Copies a fixture host with free ports, creates a workspace and starts its static pods. */
export async function startHost(
  host: HostFixture,
  portNames: readonly string[],
  options: Partial<KubeletOptions> = {},
  settings: string = QUICK_GATES,
): Promise<RunningHost> {
  const ports = Object.fromEntries(
    await Promise.all(portNames.map(async (name) => [name, await freePort()] as const)),
  );
  const rig = await createRig({ host, values: ports, settings });
  await mkdir(join(rig.root, 'var/log/pods'), { recursive: true });
  const kubelet = await startKubelet({
    manifestDir: join(rig.root, MANIFESTS),
    logDir: join(rig.root, 'var/log/pods'),
    cwd: rig.root,
    env: { HOST_ROOT: rig.root },
    relistEvery: 1000,
    ...options,
  });
  await kubelet.waitFor('started');
  return {
    rig,
    kubelet,
    ports,
    async close() {
      await kubelet.stop();
      await rig.close();
    },
  };
}

/** Asks until `url` answers 200; resolves to the body. Rejects after `timeout` ms. */
export async function untilHealthy(url: string, timeout = 15_000): Promise<string> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const answer = await ask(url);
    if (answer?.status === 200) return answer.body;
    if (performance.now() > deadline) throw new Error(`${url} did not answer 200 in ${timeout} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
