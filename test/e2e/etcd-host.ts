import { execFileSync } from 'node:child_process';
import { startHost, untilHealthy } from '../scenario/rig/running-host.ts';
import type { RunningHost } from '../scenario/rig/running-host.ts';

export const MANIFEST = '/etc/kubernetes/manifests/etcd.yaml';

export interface EtcdHost extends RunningHost {
  /** `/health` of the metrics endpoint, which never moves. */
  readonly healthUrl: string;
  /** Command line of the one etcd process this host runs, as /proc shows it. */
  readonly argv: () => readonly string[];
  readonly pid: () => number | null;
  /** Writes `plans/etcd.yaml` with these lines under `etcd:` and commits it. */
  readonly propose: (lines: string, planLines?: string) => Promise<string>;
}

/** Whether etcd can be run. Where CI is set its absence is an error, else these tests are skipped with one line. */
export function etcdIsInstalled(): boolean {
  try {
    execFileSync('etcd', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.CI === 'true')
      throw new Error('etcd is not installed: apt-get install etcd-server');
    console.log('end-to-end tests skipped: etcd is not installed (apt-get install etcd-server)');
    return false;
  }
}

/** A host with a healthy etcd that was started from its static-pod manifest. */
export async function startEtcdHost(): Promise<EtcdHost> {
  const host = await startHost('etcd', ['CLIENT_PORT', 'PEER_PORT', 'METRICS_PORT']);
  const healthUrl = `http://127.0.0.1:${host.ports.METRICS_PORT}/health`;
  try {
    await untilHealthy(healthUrl);
  } catch (error) {
    await host.close();
    throw error;
  }
  const { workspace } = host.rig;
  return {
    ...host,
    healthUrl,
    argv: () => host.kubelet.running()[0]?.argv ?? [],
    pid: () => host.kubelet.running()[0]?.pid ?? null,
    async propose(lines, planLines = '') {
      const body = lines.trim().replaceAll('\n', '\n    ');
      await workspace.plan(
        'etcd',
        `resources:\n  etcd:\n    kind: manifest\n    path: ${MANIFEST}\n    ${body}\n${planLines}`,
      );
      return workspace.commit(`Propose ${lines.trim().split('\n')[0]}`);
    },
  };
}
