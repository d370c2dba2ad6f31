import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { podHistory } from '../../kubelet/pod-history.ts';
import type { PodHistory } from '../../kubelet/pod-history.ts';
import { startKubelet } from '../../kubelet/start-kubelet.ts';
import type { Kubelet, KubeletOptions } from '../../kubelet/start-kubelet.ts';

/** A manifest directory of its own for each test, and simulators that are ended with it. */
export interface KubeletRig {
  readonly dir: () => string;
  readonly manifests: () => string;
  readonly path: (name: string) => string;
  readonly start: (options?: Partial<KubeletOptions>) => Promise<Kubelet>;
  /** As setpoint writes: staged outside the directory, renamed over the target. */
  readonly install: (name: string, text: string) => Promise<void>;
}

export function kubeletRig(): KubeletRig {
  let dir = '';
  const started: Kubelet[] = [];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'setpoint-kubelet-'));
    await mkdir(join(dir, 'manifests'));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((kubelet) => kubelet.stop()));
    await rm(dir, { recursive: true });
  });
  const path = (name: string): string => join(dir, 'manifests', name);
  return {
    dir: () => dir,
    manifests: () => join(dir, 'manifests'),
    path,
    async start(options = {}) {
      const kubelet = await startKubelet({
        manifestDir: join(dir, 'manifests'),
        logDir: join(dir, 'logs'),
        cwd: dir,
        relistEvery: 0,
        backoff: { base: 20, max: 40 },
        ...options,
      });
      started.push(kubelet);
      return kubelet;
    },
    async install(name, text) {
      await writeFile(join(dir, 'staged'), text);
      await rename(join(dir, 'staged'), path(name));
    },
  };
}

/** A manifest of one container. `script` is run by a shell. */
export function pod(script: string, name = 'demo', more: object = {}, metadata: object = {}) {
  const container = { name: 'c', image: 'none', command: ['sh', '-c', script], ...more };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: [container] },
  });
}

export const SLEEPS = 'exec sleep 60';
/** Time enough for a shell to start on a busy machine. */
export const WAIT = { timeout: 20_000, interval: 20 };

export function alive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function history(kubelet: Kubelet, name = 'demo'): PodHistory {
  return podHistory(kubelet.events(), `default/${name}`);
}

/** The scripts that run now. */
export function scripts(kubelet: Kubelet): readonly (string | undefined)[] {
  return kubelet.running().map(({ argv }) => argv[2]);
}
