import { describe, expect, it, onTestFinished } from 'vitest';
import { serve } from '../checks/local-server.ts';
import { kubeletRig, pod, SLEEPS } from './kubelet-rig.ts';

const rig = kubeletRig();

/** A pod whose probes ask a server that answers as told. */
async function probed(probes: readonly string[]) {
  const answers: Record<string, number> = {};
  const server = await serve((request, response) => {
    response.writeHead(answers[request.url ?? ''] ?? 200).end();
  });
  onTestFinished(() => server.close());
  const probe = (name: string) => [
    `${name}Probe`,
    { httpGet: { path: `/${name}`, port: server.port, host: '127.0.0.1' }, failureThreshold: 2 },
  ];
  await rig.install('demo.yaml', pod(SLEEPS, 'demo', Object.fromEntries(probes.map(probe))));
  const kubelet = await rig.start();
  await kubelet.waitFor('started');
  const asked = (): readonly string[] =>
    server.requests.splice(0).map((request) => request.url ?? '');
  return { kubelet, answers, asked };
}

describe('the probes of a pod', () => {
  it('start a container again when liveness failed as often as it may', async () => {
    const { kubelet, answers } = await probed(['liveness']);
    answers['/liveness'] = 401;
    await kubelet.probe();
    expect(kubelet.events().filter((event) => event.type === 'probe-killed')).toEqual([]);
    await kubelet.probe();
    expect(await kubelet.waitFor('probe-killed')).toMatchObject({ detail: 'status 401' });
    const { pid } = await kubelet.waitFor('exited');
    await kubelet.waitFor('started', { matches: (event) => event.pid !== pid });
  });

  it('ask nothing else until the startup probe succeeded', async () => {
    const { kubelet, answers, asked } = await probed(['startup', 'liveness']);
    answers['/startup'] = 503;
    await kubelet.probe();
    answers['/startup'] = 200;
    await kubelet.probe();
    await kubelet.probe();
    expect(asked()).toEqual(['/startup', '/startup', '/liveness', '/liveness']);
  });

  it('end nothing because it is not ready', async () => {
    const { kubelet, answers } = await probed(['readiness']);
    answers['/readiness'] = 503;
    for (let i = 0; i < 3; i += 1) await kubelet.probe();
    expect(kubelet.events().filter((event) => event.type === 'probe-failed')).toHaveLength(3);
    expect(kubelet.events().filter((event) => event.type === 'probe-killed')).toEqual([]);
  });
});
