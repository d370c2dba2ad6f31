import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { atLeastAsGood } from '../../../src/checks/compare-verdicts.ts';
import { runGates } from '../../../src/checks/run-gates.ts';
import type { CheckResult, HttpCheck } from '../../../src/model/check.ts';
import { Certificates } from './certificates.ts';
import { contextWith, gate, ms, plainRoot, recorder } from './check-world.ts';
import { serve, type LocalServer } from './local-server.ts';

/** An API server with --anonymous-auth=false: it knows who has a certificate of its CA. */
const certificates = new Certificates();
let server: LocalServer;
/** How often it refuses who is let in late: more than a gate made of a probe takes. */
const REFUSED = 6;
let check: HttpCheck;
beforeAll(async () => {
  certificates.authority('ca');
  certificates.leaf('apiserver', 'ca', 'DNS:apiserver');
  certificates.leaf('admin', 'ca', 'DNS:admin');
  const tls = {
    key: certificates.read('apiserver.key'),
    cert: certificates.read('apiserver.crt'),
    ca: certificates.read('ca.crt'),
    requestCert: true,
    rejectUnauthorized: false,
  };
  let late = 0;
  server = await serve((request, response) => {
    if (request.headers['late'] === 'yes') late += 1;
    const known =
      (request.socket as TLSSocket).authorized ||
      (request.headers['late'] === 'yes' && late > REFUSED);
    response.writeHead(known ? 200 : 401).end();
  }, tls);
  const url = `${server.url}/livez`;
  const kubeconfigIfThere = '/etc/kubernetes/admin.conf';
  check = { kind: 'http', url, insecureSkipVerify: true, asKubelet: true, kubeconfigIfThere };
});
afterAll(async () => {
  await server.close();
  certificates.remove();
});
beforeEach(() => rmSync(path.join(certificates.dir, 'etc'), { recursive: true, force: true }));

function adminConf(user: Readonly<Record<string, string>>): void {
  const file = path.join(certificates.dir, 'etc/kubernetes/admin.conf');
  mkdirSync(path.dirname(file), { recursive: true });
  const config = {
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
    clusters: [{ name: 'k', cluster: {} }],
    users: [{ name: 'u', user }],
  };
  writeFileSync(file, JSON.stringify(config));
}

async function judged(): Promise<CheckResult | undefined> {
  const context = contextWith({ root: plainRoot(certificates.dir) });
  return (await runGates([gate('api', check, { every: ms(1) })], 'after', context, recorder()))
    .results[0];
}

test('an API server that lets nobody in unknown is alive but unauthenticated, and not waited for', async () => {
  const result = await judged();
  expect(result).toMatchObject({ verdict: 'red', state: 'unauthenticated', attempts: 5 });
  expect(result?.detail).toMatch(
    /alive but unauthenticated \(401, SP4106\): a probe of the kubelet.*`kubeconfig:`.*admin.conf: there is no such file/,
  );
});

test('a gate that somebody wrote is waited for, also one that verifies nothing', async () => {
  const context = contextWith({ root: plainRoot(certificates.dir) });
  const { asKubelet: _, kubeconfigIfThere: __, ...own } = check;
  const written = gate('api', { ...own, headers: { late: 'yes' } }, { every: ms(1) });
  const [result] = (await runGates([written], 'after', context, recorder())).results;
  expect(result).toMatchObject({ verdict: 'green', attempts: REFUSED + 3 });
});

test('it is green with the certificate of the administrator that lies on the host', async () => {
  adminConf({
    'client-certificate-data': certificates.base64('admin.crt'),
    'client-key-data': certificates.base64('admin.key'),
  });
  expect(await judged()).toMatchObject({ verdict: 'green' });
});

test('a token is never sent to a server that nobody verified', async () => {
  adminConf({ token: 'secret' });
  expect(await judged()).toMatchObject({
    verdict: 'red',
    detail: expect.stringContaining('has no client certificate') as string,
  });
  expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test.each([
  [401, 'unauthenticated'],
  [403, 'unauthenticated'],
  [500, undefined],
])('%i of any server is %s', async (status, state) => {
  const plain = await serve((_request, response) => response.writeHead(status).end());
  onTestFinished(() => plain.close());
  const asked = gate('api', { kind: 'http', url: plain.url }, { every: ms(1) });
  const context = contextWith({ root: plainRoot(certificates.dir) });
  const [result] = (await runGates([asked], 'before', context, recorder())).results;
  expect([result?.verdict, result?.state]).toEqual(['red', state]);
});

test('a revert that leaves dead what was alive but unauthenticated is no good one', () => {
  const alive: CheckResult = {
    id: 'api',
    phase: 'before',
    verdict: 'red',
    state: 'unauthenticated',
    attempts: 1,
    took: 0,
    detail: '',
  };
  const { state: _, ...dead } = alive;
  expect(atLeastAsGood([alive], [{ ...alive, phase: 'revert' }])).toBe(true);
  expect(atLeastAsGood([alive], [{ ...dead, phase: 'revert' }])).toBe(false);
  expect(atLeastAsGood([dead], [{ ...dead, phase: 'revert' }])).toBe(true);
});
