import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpRequest } from '../../../src/checks/http.ts';
import type { HttpCheck } from '../../../src/model/check.ts';
import { Certificates } from './certificates.ts';
import { contextWith, plainRoot } from './check-world.ts';
import type { LocalServer } from './local-server.ts';
import { serve } from './local-server.ts';

/** In CI a missing program is a failure, not a skip. */
const NO_OPENSSL =
  process.env.CI !== 'true' && spawnSync('openssl', ['version']).error !== undefined;
const WITHOUT = NO_OPENSSL ? ' (openssl is not installed)' : '';

const certificates = new Certificates();
let plain: LocalServer;
let strict: LocalServer;
let named: LocalServer;

beforeAll(async () => {
  if (NO_OPENSSL) return;
  certificates.authority('ca');
  certificates.authority('other');
  certificates.leaf('server', 'ca', 'IP:127.0.0.1');
  certificates.leaf('named', 'ca', 'DNS:kubernetes');
  certificates.leaf('client', 'ca', 'DNS:client');
  certificates.leaf('stranger', 'other', 'DNS:client');
  certificates.write(
    'both.pem',
    Buffer.concat([certificates.read('client.crt'), certificates.read('client.key')]),
  );
  const identity = { key: certificates.read('server.key'), cert: certificates.read('server.crt') };
  plain = await serve((request, response) => {
    response.statusCode = request.headers.authorization === 'Bearer good' ? 200 : 401;
    response.end('healthy');
  }, identity);
  const demanding = {
    ca: certificates.read('ca.crt'),
    requestCert: true,
    rejectUnauthorized: true,
  };
  strict = await serve((_request, response) => response.end('healthy'), {
    ...identity,
    ...demanding,
  });
  named = await serve((_request, response) => response.end('healthy'), {
    key: certificates.read('named.key'),
    cert: certificates.read('named.crt'),
  });
});

afterAll(async () => {
  if (!NO_OPENSSL) await Promise.all([plain, strict, named].map((server) => server.close()));
  certificates.remove();
});

/** The temporary folder is the managed root and the run's copy of the workspace at once. */
function answer(url: string, more: Partial<HttpCheck>) {
  const context = contextWith({ root: plainRoot(certificates.dir), directory: certificates.dir });
  const spec: HttpCheck = { kind: 'http', url, status: [200, 401], ...more };
  return new HttpRequest(spec, context).attempt(new AbortController().signal);
}

function kubeconfig(name: string, cluster: object, user: object): string {
  const config = {
    'current-context': 'c',
    contexts: [
      { name: 'x', context: { cluster: 'none', user: 'none' } },
      { name: 'c', context: { cluster: 'k', user: 'u' } },
    ],
    clusters: [{ name: 'k', cluster }],
    users: [{ name: 'u', user }],
  };
  certificates.write(name, JSON.stringify(config));
  return name;
}

describe.skipIf(NO_OPENSSL)(`server certificate${WITHOUT}`, () => {
  test('is verified: without the right CA the detail says what to do', async () => {
    for (const more of [{}, { ca: 'other.crt' }]) {
      const found = await answer(plain.url, more);
      expect(found.good).toBe(false);
      expect(found.detail).toMatch(/not signed by a trusted CA .*give its CA with `ca:`/u);
    }
  });

  test('the CA may lie in the workspace copy or inside the managed root', async () => {
    expect((await answer(plain.url, { ca: 'ca.crt' })).good).toBe(true);
    expect((await answer(plain.url, { ca: '/ca.crt' })).good).toBe(true);
  });

  test('must be for the name asked for', async () => {
    const found = await answer(named.url, { ca: 'ca.crt' });
    expect(found.detail).toContain('is for another name');
  });

  test('is not looked at with insecureSkipVerify, and an environment variable changes nothing', async () => {
    expect((await answer(plain.url, { insecureSkipVerify: true })).good).toBe(true);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect((await answer(plain.url, {})).good).toBe(false);
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  test('a missing or broken CA file is named and not fatal', async () => {
    const missing = await answer(plain.url, { ca: 'missing.crt', key: '/none.key' });
    expect(missing).toMatchObject({ good: false });
    expect(missing.detail).toContain('cannot read missing.crt');
    expect(missing.detail).toContain('cannot read /none.key: there is no such file (SP4104)');
    certificates.write(
      'broken.crt',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    );
    const broken = await answer(plain.url, { ca: 'ca.crt', cert: 'broken.crt' });
    expect(broken.detail).toContain('ca, cert or key cannot be used');
  });

  test('a reference cannot leave the workspace copy', async () => {
    const found = await answer(plain.url, { ca: '../../etc/ssl/cert.pem' });
    expect(found.detail).toContain('it lies outside the workspace');
  });
});

describe.skipIf(NO_OPENSSL)(`client certificate${WITHOUT}`, () => {
  test('is sent, from two files or from one that holds both', async () => {
    const pair = { ca: 'ca.crt', cert: 'client.crt', key: 'client.key' };
    expect((await answer(strict.url, pair)).good).toBe(true);
    expect((await answer(strict.url, { ca: 'ca.crt', cert: 'both.pem' })).good).toBe(true);
  });

  test('missing: the detail asks for one; of a stranger: it is not good', async () => {
    const missing = await answer(strict.url, { ca: 'ca.crt' });
    expect(missing).toMatchObject({ good: false });
    expect(missing.detail).toContain('or wants one: give `cert:` and `key:`');
    const strange = { ca: 'ca.crt', cert: 'stranger.crt', key: 'stranger.key' };
    expect(await answer(strict.url, strange)).toMatchObject({ good: false });
  });
});

describe.skipIf(NO_OPENSSL)(`kubeconfig${WITHOUT}`, () => {
  test('gives CA, client certificate and key as data', async () => {
    const data = kubeconfig(
      'data.conf',
      { 'certificate-authority-data': certificates.base64('ca.crt') },
      {
        'client-certificate-data': certificates.base64('client.crt'),
        'client-key-data': certificates.base64('client.key'),
      },
    );
    expect((await answer(strict.url, { kubeconfig: data })).good).toBe(true);
    expect((await answer(strict.url, { kubeconfig: `/${data}` })).good).toBe(true);
  });

  test('gives files next to itself', async () => {
    const files = kubeconfig(
      'files.conf',
      { 'certificate-authority': 'ca.crt' },
      { 'client-certificate': '/client.crt', 'client-key': './client.key' },
    );
    expect((await answer(strict.url, { kubeconfig: files })).good).toBe(true);
  });

  test('gives a token, and a refused one is told apart from a missing one', async () => {
    const cluster = { 'certificate-authority': 'ca.crt' };
    const good = kubeconfig('token.conf', cluster, { token: 'good' });
    expect(await answer(plain.url, { kubeconfig: good })).toMatchObject({ detail: '200' });
    const bad = kubeconfig('bad.conf', cluster, { token: 'bad' });
    const found = await answer(plain.url, { kubeconfig: bad, status: [200] });
    expect(found.detail).toContain('alive, but these credentials are not enough (401');
  });

  test('gives the server name and whether to verify', async () => {
    const ca = { 'certificate-authority': 'ca.crt' };
    const name = kubeconfig('name.conf', { ...ca, 'tls-server-name': 'kubernetes' }, {});
    expect((await answer(named.url, { kubeconfig: name })).good).toBe(true);
    const skip = kubeconfig('skip.conf', { 'insecure-skip-tls-verify': true }, {});
    expect((await answer(named.url, { kubeconfig: skip })).good).toBe(true);
  });

  test('explicit files win over it', async () => {
    const conf = kubeconfig('wrong.conf', { 'certificate-authority': 'other.crt' }, {});
    expect((await answer(plain.url, { kubeconfig: conf })).good).toBe(false);
    expect((await answer(plain.url, { kubeconfig: conf, ca: 'ca.crt' })).good).toBe(true);
  });

  test.each([
    ['exec plugin', { exec: { command: 'touch' } }, 'a gate runs no credential plugin'],
    ['auth provider', { 'auth-provider': { name: 'gcp' } }, 'needs `auth-provider`'],
    ['missing token file', { tokenFile: 'none' }, 'cannot read none'],
  ])('is refused with an %s', async (_name, user, reason) => {
    const conf = kubeconfig('refused.conf', { 'certificate-authority': 'ca.crt' }, user);
    const found = await answer(plain.url, { kubeconfig: conf });
    expect(found.good).toBe(false);
    expect(found.detail).toContain(reason);
  });

  test.each([
    ['', 'its `current-context` is not in `contexts`'],
    ['a: [', 'cannot use kubeconfig text.conf'],
    ['current-context: c\ncontexts: [{name: c, context: {cluster: x}}]', 'cluster of its current'],
  ])('that says %j is named', async (text, reason) => {
    certificates.write('text.conf', text);
    const found = await answer(plain.url, { kubeconfig: 'text.conf' });
    expect(found.detail).toContain(reason);
    expect(found.detail).toContain('SP4105');
  });

  test('never sends a token over plain http', async () => {
    const conf = kubeconfig('plain.conf', {}, { token: 'good' });
    const found = await answer('http://127.0.0.1:1/', { kubeconfig: conf });
    expect(found.detail).toContain('not sent over plain http');
  });
});
