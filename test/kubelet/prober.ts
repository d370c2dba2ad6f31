import http from 'node:http';
import https from 'node:https';
import type { ContainerProcess } from './container-process.ts';
import type { Probe } from './decode-container.ts';
import type { KubeletListener } from './kubelet-event.ts';
import type { PodWorker } from './pod-worker.ts';

type Workers = () => readonly (readonly [string, PodWorker])[];

/**
 * One round of probes a call, so that a test need not wait `periodSeconds`. Until the startup probe succeeded no other is asked; a
 * startup or liveness probe that failed `failureThreshold` times in a row has its container started again. Nobody's credentials
 * are sent, and certificates are not verified (k/k pkg/probe/http).
 */
export function createProber(listener: KubeletListener, workers: Workers): () => Promise<void> {
  const failures = new Map<string, number>();
  const up = new Set<number>();

  async function ask(pod: string, running: ContainerProcess, probe: Probe): Promise<boolean> {
    const pid = running.pid();
    const detail = await outcome(probe);
    const count = `${pid} ${probe.name}`;
    if (detail === null) {
      failures.delete(count);
      return true;
    }
    const { name: container } = running.container;
    listener({ type: 'probe-failed', pod, container, probe: probe.name, detail });
    failures.set(count, (failures.get(count) ?? 0) + 1);
    const enough = failures.get(count) === probe.failureThreshold;
    if (enough && probe.name !== 'readiness' && running.pid() === pid) {
      listener({ type: 'probe-killed', pod, container, probe: probe.name, detail });
      running.restart();
    }
    return false;
  }

  return async () => {
    for (const [pod, worker] of workers()) {
      for (const running of worker.processes()) {
        const pid = running.pid();
        if (pid === null) continue;
        const startup = running.container.probes.find((probe) => probe.name === 'startup');
        if (startup !== undefined && !up.has(pid)) {
          if (await ask(pod, running, startup)) up.add(pid);
          else continue;
        }
        for (const probe of running.container.probes)
          if (probe.name !== 'startup') await ask(pod, running, probe);
      }
    }
  };
}

/** Null when it is good (200 to 399), else what was answered. */
function outcome({ url, timeout }: Probe): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout, rejectUnauthorized: false, agent: false as const };
    const request = (url.startsWith('https:') ? https : http).get(url, options, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 400 ? null : `status ${status}`);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error) => resolve(error.message));
  });
}
