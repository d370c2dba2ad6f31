import { MANIFESTS, startHost, untilHealthy } from '../../test/scenario/rig/running-host.ts';
import type { RunningHost } from '../../test/scenario/rig/running-host.ts';

export const MANIFEST = `/${MANIFESTS}/demo-component.yaml`;

export interface DemoHost {
  readonly running: RunningHost;
  /** Flags that the component says it runs with. */
  readonly flags: () => Promise<Readonly<Record<string, string>>>;
  readonly pid: () => number | null;
  readonly close: () => Promise<void>;
}

/** A temporary host with one static pod, a simulated kubelet, and an empty workspace. */
export async function createDemoHost(): Promise<DemoHost> {
  const running = await startHost('demo', ['PORT']);
  const url = `http://127.0.0.1:${running.ports.PORT}`;
  try {
    await untilHealthy(`${url}/readyz`);
  } catch (error) {
    await running.close();
    throw error;
  }
  return {
    running,
    flags: async () => JSON.parse(await untilHealthy(`${url}/flags`)) as Record<string, string>,
    pid: () => running.kubelet.running()[0]?.pid ?? null,
    close: () => running.close(),
  };
}
