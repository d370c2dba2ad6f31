import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePod } from '../kubelet/decode-pod.ts';
import { copyHost } from './rig/host-fixture.ts';
import type { HostFixture } from './rig/host-fixture.ts';
import { startHost, untilHealthy } from './rig/running-host.ts';

const PORTS = { PORT: 1, CLIENT_PORT: 2, PEER_PORT: 3, METRICS_PORT: 4 };

describe('the fixture hosts', () => {
  it.each<[HostFixture, readonly string[]]>([
    ['control-plane', ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']],
    ['demo', ['demo-component']],
    ['etcd', ['etcd']],
  ])('%s hold manifests that the kubelet would run', async (fixture, pods) => {
    const root = await mkdtemp(join(tmpdir(), 'setpoint-host-'));
    try {
      await copyHost(fixture, root, PORTS);
      const manifests = join(root, 'etc/kubernetes/manifests');
      const names = (await readdir(manifests)).toSorted();
      const keys = names.map(async (name) => {
        const file = join(manifests, name);
        expect((await stat(file)).mode & 0o777).toBe(0o600);
        return decodePod(await readFile(file, 'utf8'), file).key;
      });
      expect(await Promise.all(keys)).toEqual(pods.map((pod) => `kube-system/${pod}`));
    } finally {
      await rm(root, { recursive: true });
    }
  });
});

describe('the demo component', () => {
  it('serves its health and its flags, and ends when it is told an unknown flag', async () => {
    const host = await startHost('demo', ['PORT']);
    try {
      const url = `http://127.0.0.1:${host.ports.PORT}`;
      expect(await untilHealthy(`${url}/readyz`)).toBe('ok');
      expect(JSON.parse(await untilHealthy(`${url}/flags`))).toMatchObject({ profiling: 'true' });
      const path = '/etc/kubernetes/manifests/demo-component.yaml';
      const text = await host.rig.read(path);
      await host.rig.put(path, text.replace('--log-level=info', '--log-lvl=info'));
      const exit = await host.kubelet.waitFor('exited', { matches: (event) => event.code === 1 });
      const log = `var/log/pods/${exit.pod.replace('/', '_')}_demo-component.log`;
      expect(await readFile(join(host.rig.root, log), 'utf8')).toContain('unknown flag: --log-lvl');
    } finally {
      await host.close();
    }
  });
});
