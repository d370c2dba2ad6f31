import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCri } from '../../kubelet/cri/start-cri.ts';
import type { Cri } from '../../kubelet/cri/start-cri.ts';
import type { Kubelet } from '../../kubelet/start-kubelet.ts';
import { kubeletRig, pod, SLEEPS } from './kubelet-rig.ts';

const rig = kubeletRig();
let kubelet: Kubelet;
let cri: Cri;

beforeEach(async () => {
  kubelet = await rig.start();
  cri = await startCri({
    dir: rig.dir(),
    logDir: join(rig.dir(), 'logs'),
    events: kubelet.events,
  });
});
afterEach(() => cri.close());

async function crictl(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(cri.bin, 'crictl'), [...args]);
  return stdout;
}

interface Listed {
  readonly items: readonly { id: string; state: string; annotations: Record<string, string> }[];
  readonly containers: readonly {
    id: string;
    state: string;
    podSandboxId: string;
    metadata: { attempt: number };
    labels: Record<string, string>;
  }[];
}

async function listed(...args: readonly string[]): Promise<Listed> {
  return JSON.parse(await crictl(...args, '-o', 'json')) as Listed;
}

describe('the crictl of a simulated kubelet', () => {
  it('shows the sandbox of each generation, newest first, with the hash of its pod', async () => {
    await rig.install('demo.yaml', pod(SLEEPS));
    await kubelet.settled();
    await rig.install('demo.yaml', pod(`${SLEEPS} # new`));
    await kubelet.settled();
    const { items } = await listed('pods');
    expect(items.map((item) => item.state)).toEqual(['SANDBOX_READY', 'SANDBOX_NOTREADY']);
    expect(items[0]?.annotations).toMatchObject({
      'kubernetes.io/config.hash': kubelet.pods()[0]?.uid,
      'kubernetes.io/config.source': 'file',
    });
  });

  it('shows each start of a container, with its exit code and its last words', async () => {
    await rig.install('demo.yaml', pod('echo first; echo unknown flag: --x >&2; exit 3'));
    await kubelet.waitFor('exited');
    const { containers } = await listed('ps', '-a');
    const first = containers.at(-1);
    expect(first).toMatchObject({
      state: 'CONTAINER_EXITED',
      metadata: { name: 'c', attempt: 0 },
      labels: { 'io.kubernetes.container.name': 'c', 'io.kubernetes.pod.name': 'demo-node' },
    });
    const { status } = JSON.parse(await crictl('inspect', first?.id ?? '')) as {
      status: Record<string, unknown>;
    };
    expect(status).toMatchObject({ exitCode: 3, reason: 'Error' });
    expect(await crictl('logs', '--tail', '1', first?.id ?? '')).toBe('unknown flag: --x\n');
  });

  it('shows what runs, with its process', async () => {
    await rig.install('demo.yaml', pod(`${SLEEPS} # old`));
    await kubelet.settled();
    await rig.install('demo.yaml', pod(SLEEPS));
    await kubelet.settled();
    const pid = kubelet.running()[0]?.pid;
    const [container, ...more] = (await listed('ps', '--name', '^c$')).containers;
    expect(more).toEqual([]);
    const inspected = JSON.parse(await crictl('inspect', container?.id ?? '')) as object;
    expect(inspected).toMatchObject({ info: { pid }, status: { state: 'CONTAINER_RUNNING' } });
    const [sandbox] = (await listed('pods', '--state', 'Ready')).items;
    expect(container?.podSandboxId).toBe(sandbox?.id);
  });

  it('refuses what it does not know, and fails when there is no runtime', async () => {
    await expect(crictl('ps')).rejects.toThrow('only -o json');
    await expect(crictl('inspect', 'abc')).rejects.toThrow('NotFound');
    cri.unreachable = true;
    await expect(crictl('pods', '-o', 'json')).rejects.toThrow('validate service connection');
  });
});
