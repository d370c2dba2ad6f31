import https from 'node:https';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { servePods } from '../../kubelet/serve-pods.ts';
import { Certificates } from '../checks/certificates.ts';
import { kubeletRig, pod, SLEEPS } from './kubelet-rig.ts';

const rig = kubeletRig();
const certificates = new Certificates();
beforeAll(() => {
  certificates.authority('ca');
  certificates.leaf('kubelet', 'ca', 'IP:127.0.0.1');
  certificates.leaf('client', 'ca', 'DNS:client');
});
afterAll(() => certificates.remove());

async function get(url: string, options: https.RequestOptions): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const ca = certificates.read('ca.crt');
    const request = https.get(url, { ca, agent: false, ...options }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    request.on('error', reject);
  });
}

it('the pods of a simulated kubelet are shown to who has a certificate, with the hash of each', async () => {
  await rig.install('demo.yaml', pod(SLEEPS));
  const kubelet = await rig.start();
  const endpoint = await servePods({
    key: certificates.read('kubelet.key'),
    cert: certificates.read('kubelet.crt'),
    clientCa: certificates.read('ca.crt'),
    kubelet,
  });
  onTestFinished(endpoint.close);
  await kubelet.settled();
  const client = { key: certificates.read('client.key'), cert: certificates.read('client.crt') };
  expect(await get(endpoint.url, {})).toEqual([401, 'Unauthorized']);
  const [status, text] = await get(endpoint.url, client);
  expect(status).toBe(200);
  const uid = kubelet.pods()[0]?.uid;
  expect(JSON.parse(text)).toMatchObject({
    kind: 'PodList',
    items: [
      {
        metadata: { name: 'demo-node', uid, annotations: { 'kubernetes.io/config.hash': uid } },
        status: { containerStatuses: [{ name: 'c', state: { running: {} } }] },
      },
    ],
  });
  endpoint.forbidden = true;
  expect((await get(endpoint.url, client))[0]).toBe(403);
});
