import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostCommands } from '../../../src/host/commands.ts';
import { crictlRuntime } from '../../../src/host/pod-runtime/crictl.ts';
import { firstThatAnswers } from '../../../src/host/pod-runtime/first-that-answers.ts';
import { kubeletRuntime } from '../../../src/host/pod-runtime/kubelet.ts';
import { ofManifest } from '../../../src/host/pod-runtime/static-pods.ts';
import { Certificates } from '../checks/certificates.ts';
import { plainRoot } from '../checks/check-world.ts';
import { closedPort, serve, type LocalServer } from '../checks/local-server.ts';

const ANNOTATIONS = { 'kubernetes.io/config.source': 'file' };

function sandbox(id: string, hash: string, createdAt: string, state = 'SANDBOX_READY') {
  return {
    id,
    metadata: { name: 'kube-apiserver-cp1', uid: hash, namespace: 'kube-system', attempt: 0 },
    state,
    createdAt,
    labels: { 'io.kubernetes.pod.uid': hash },
    annotations: { ...ANNOTATIONS, 'kubernetes.io/config.hash': hash },
  };
}

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'setpoint-crictl-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A stand-in `crictl` in a PATH of its own that prints what it is told to, by its first argument. */
function crictl(answers: Readonly<Record<string, unknown>>, name: string) {
  const place = path.join(dir, name);
  mkdirSync(place);
  for (const [verb, answer] of Object.entries(answers)) {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    writeFileSync(path.join(place, `${verb}.out`), text);
  }
  const script = `#!/bin/sh\necho "$@" >> ${place}/calls\necho noise >&2\nexec /bin/cat "${place}/$1.out"\n`;
  writeFileSync(path.join(place, 'crictl'), script, { mode: 0o755 });
  return crictlRuntime(hostCommands({ PATH: place, HOME: '/' }));
}

describe('crictl', () => {
  test('names the static pods of a manifest, newest first, with their containers', async () => {
    const runtime = crictl(
      {
        pods: {
          items: [
            sandbox('s1', 'old', '1700000000000000000', 'SANDBOX_NOTREADY'),
            sandbox('s2', 'new', '1700000001000000000'),
            { ...sandbox('s3', 'api', '1800000000000000000'), annotations: {} },
          ],
        },
        ps: {
          containers: [
            {
              id: 'c1',
              podSandboxId: 's2',
              metadata: { name: 'kube-apiserver', attempt: 2 },
              state: 'CONTAINER_EXITED',
            },
          ],
        },
        inspect: { status: { state: 'CONTAINER_EXITED', exitCode: 1, reason: 'Error' } },
        logs: 'first\nlast\n',
      },
      'names',
    );
    const answer = await runtime.pods('kube-system', 'kube-apiserver');
    if (!answer.known) throw new Error(answer.reason);
    expect(answer.pods.map(({ hash, running }) => [hash, running])).toEqual([
      ['new', true],
      ['old', false],
    ]);
    const [container] = answer.pods[0]?.containers ?? [];
    if (container === undefined) throw new Error('no container');
    expect(container).toMatchObject({ attempt: 2, state: 'exited' });
    expect(await runtime.exitOf(container)).toEqual({ code: 1, reason: 'Error' });
    expect(await runtime.lastLines(container)).toEqual(['first', 'last', 'noise']);
  });

  test('that is missing, fails or prints no JSON is nobody to ask, and why is told', async () => {
    const none = crictlRuntime(hostCommands({ PATH: path.join(dir, 'nothing'), HOME: '/' }));
    expect(await none.pods('a', 'b')).toMatchObject({
      known: false,
      reason: expect.stringMatching(/^crictl: crictl was not found/) as string,
    });
    const failing = crictl({}, 'failing');
    expect(await failing.pods('a', 'b')).toMatchObject({
      known: false,
      reason: expect.stringMatching(/^crictl exited 1: .*pods\.out/) as string,
    });
    const words = crictl({ pods: 'words' }, 'words');
    expect(await words.pods('a', 'b')).toEqual({ known: false, reason: 'crictl gave no JSON' });
  });
});

function item(containerStatuses: unknown[]) {
  return {
    metadata: {
      name: 'kube-apiserver-cp1',
      namespace: 'kube-system',
      uid: 'new',
      annotations: { ...ANNOTATIONS, 'kubernetes.io/config.hash': 'new' },
    },
    status: { containerStatuses },
  };
}

function kubeletAt(port: number, root = dir) {
  return kubeletRuntime(plainRoot(root), { host: '127.0.0.1', port }).pods('a', 'b');
}

function named(...names: string[]) {
  return names.map((name) => ({ namespace: 'n', name }));
}

describe('the kubelet', () => {
  const certificates = new Certificates();
  let server: LocalServer;
  let body: string;
  let status = 200;
  beforeAll(async () => {
    certificates.authority('ca');
    certificates.leaf('kubelet', 'ca', 'IP:127.0.0.1');
    certificates.leaf('client', 'ca', 'DNS:client');
    server = await serve((_, response) => response.writeHead(status).end(body), {
      key: certificates.read('kubelet.key'),
      cert: certificates.read('kubelet.crt'),
      ca: certificates.read('ca.crt'),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const pki = path.join(dir, 'etc/kubernetes/pki');
    mkdirSync(pki, { recursive: true });
    writeFileSync(path.join(pki, 'apiserver-kubelet-client.crt'), certificates.read('client.crt'));
    writeFileSync(path.join(pki, 'apiserver-kubelet-client.key'), certificates.read('client.key'));
  });
  afterAll(async () => {
    await server.close();
    certificates.remove();
  });

  test('is asked with the client certificate; a pod without a running container does not run', async () => {
    const runtime = kubeletRuntime(plainRoot(dir), { host: '127.0.0.1', port: server.port });
    const terminated = { exitCode: 2, reason: 'Error' };
    const crashed = {
      name: 'kube-apiserver',
      restartCount: 3,
      state: { waiting: {} },
      lastState: { terminated },
    };
    body = JSON.stringify({ items: [item([crashed])] });
    const waiting = await runtime.pods('kube-system', 'kube-apiserver');
    expect(waiting).toMatchObject({
      from: 'kubelet',
      pods: [
        {
          hash: 'new',
          running: false,
          containers: [{ attempt: 3, state: 'exited', exit: { code: 2, reason: 'Error' } }],
        },
      ],
    });
    body = JSON.stringify({ items: [item([{ name: 'kube-apiserver', state: { running: {} } }])] });
    expect(await runtime.pods('kube-system', 'kube-apiserver')).toMatchObject({
      pods: [{ running: true }],
    });
  });

  test('that refuses, is not there or has no certificate here is nobody to ask', async () => {
    status = 403;
    expect(await kubeletAt(server.port)).toEqual({ known: false, reason: 'kubelet: status 403' });
    expect(await kubeletAt(await closedPort())).toMatchObject({
      reason: 'kubelet: nothing listens on its port',
    });
    expect(await kubeletAt(1, '/nonexistent')).toMatchObject({
      reason: expect.stringContaining('there is no /etc/kubernetes/pki') as string,
    });
    const both = firstThatAnswers([
      crictlRuntime(hostCommands({ PATH: '/nonexistent', HOME: '/' })),
      kubeletRuntime(plainRoot('/nonexistent')),
    ]);
    const answer = await both.pods('a', 'b');
    expect(answer).toMatchObject({
      reason: expect.stringMatching(/crictl: .*; kubelet: /) as string,
    });
  });
});

test('a name that others begin with is told from them by the node that most pods share', () => {
  const all = named('api-cp1', 'api-proxy-cp1', 'etcd-cp1');
  expect(ofManifest(all, 'n', 'api')).toEqual(named('api-cp1'));
  expect(ofManifest(all, 'n', 'api-proxy')).toEqual(named('api-proxy-cp1'));
  expect(ofManifest(named('api-cp1', 'api-proxy-cp1'), 'n', 'api')).toEqual(named('api-cp1'));
  expect(ofManifest(named('api-a', 'api-b'), 'n', 'api')).toBeNull();
});
