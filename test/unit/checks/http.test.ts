import type { RequestListener } from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ask } from '../../../src/checks/ask.ts';
import type { Answer } from '../../../src/checks/context.ts';
import { HttpRequest } from '../../../src/checks/http.ts';
import type { HttpCheck } from '../../../src/model/check.ts';
import { contextWith, ms } from './check-world.ts';
import type { LocalServer } from './local-server.ts';
import { closedPort, listen, serve } from './local-server.ts';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function server(listener: RequestListener): Promise<LocalServer> {
  const local = await serve(listener);
  open.push(() => local.close());
  return local;
}

function answer(url: string, more: Partial<HttpCheck> = {}): Promise<Answer> {
  const check = new HttpRequest({ kind: 'http', url, ...more }, contextWith({}));
  return check.attempt(new AbortController().signal);
}

describe('status', () => {
  test('200 to 399 is good by default and redirects are not followed', async () => {
    const local = await server((request, response) => {
      response.writeHead(Number(request.url?.slice(1)), { location: '/500' }).end('reason here');
    });
    expect(await answer(`${local.url}/200`)).toEqual({ good: true, detail: '200' });
    expect(await answer(`${local.url}/302`)).toEqual({ good: true, detail: '302' });
    expect(local.requests).toHaveLength(2);
    expect(await answer(`${local.url}/500`)).toEqual({
      good: false,
      detail: 'status 500, expected 200–399: reason here',
    });
  });

  test('a list of statuses replaces the default', async () => {
    const local = await server((_request, response) => response.writeHead(401).end());
    expect((await answer(local.url, { status: [200, 401] })).good).toBe(true);
    expect((await answer(local.url, { status: [200] })).good).toBe(false);
  });

  test('401 and 403 are told apart from a dead endpoint', async () => {
    const local = await server((_request, response) => response.writeHead(401).end());
    const found = await answer(local.url);
    expect(found).toMatchObject({ good: false });
    expect(found.detail).toContain(
      'alive but unauthenticated (401, SP4106): a probe of the kubelet gets the same answer',
    );
  });
});

describe('body and headers', () => {
  test('looks for text and expressions in the body', async () => {
    const local = await server((_request, response) => response.end('{"health":"true"}\nok'));
    expect((await answer(local.url, { body: { contains: '"health":"true"' } })).good).toBe(true);
    expect((await answer(local.url, { body: { matches: '^ok$' } })).good).toBe(true);
    const found = await answer(local.url, { body: { contains: 'sick' } });
    expect(found.detail).toBe('200, but the body does not contain "sick": {"health":"true"} ok');
  });

  test('reads 1 MiB of an endless body and no more', async () => {
    const local = await server((_request, response) => {
      const push = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', push);
      };
      push();
    });
    const found = await answer(local.url, { body: { contains: 'y' } });
    expect(found.detail).toContain('does not contain "y" (first 1 MiB)');
  });

  test('a body that breaks off is bad even if the text was there', async () => {
    const local = await server((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('ok', () => response.destroy());
    });
    expect(await answer(local.url, { body: { contains: 'ok' } })).toEqual({
      good: false,
      detail: '200, but the body broke off',
    });
  });

  test('sends headers and method, and expects headers', async () => {
    const local = await server((_request, response) => {
      response.setHeader('X-Mode', 'ready').end();
    });
    const more = { method: 'POST', headers: { 'X-Ask': 'yes' } } as const;
    expect((await answer(local.url, { ...more, expectHeaders: { 'x-mode': 'ready' } })).good).toBe(
      true,
    );
    expect(local.requests[0]).toMatchObject({ method: 'POST', headers: { 'x-ask': 'yes' } });
    const other = await answer(local.url, { expectHeaders: { 'X-Mode': 'drain', Age: '1' } });
    expect(other.detail).toBe('200, but header X-Mode is "ready", expected "drain"');
    const missing = await answer(local.url, { expectHeaders: { Age: '1' } });
    expect(missing.detail).toBe('200, but header Age is missing, expected "1"');
  });
});

describe('connection', () => {
  test('is a new one for each attempt', async () => {
    const local = await server((_request, response) => response.end());
    const check = new HttpRequest({ kind: 'http', url: local.url }, contextWith({}));
    for (let i = 0; i < 3; i++) await check.attempt(new AbortController().signal);
    expect(local.connections).toBe(3);
  });

  test('proxy variables do not count', async () => {
    const local = await server((_request, response) => response.end());
    const port = await closedPort();
    const names = ['http_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = `http://127.0.0.1:${port}`;
    try {
      expect((await answer(local.url)).good).toBe(true);
    } finally {
      names.forEach((name, i) => {
        if (before[i] === undefined) delete process.env[name];
        else process.env[name] = before[i];
      });
    }
  });

  test('a refused connection says that nothing listens', async () => {
    const port = await closedPort();
    expect((await answer(`http://127.0.0.1:${port}/`)).detail).toBe(
      `connection refused: nothing listens on 127.0.0.1:${port}`,
    );
  });

  test('a name that does not exist says DNS', async () => {
    expect((await answer('http://no-such-host.invalid/')).detail).toContain('DNS');
  });

  test('a server that does not speak HTTP, and one that does not speak TLS', async () => {
    const talker = net.createServer((socket) => socket.end('SSH-2.0-x\r\n'));
    const port = await listen(talker);
    open.push(async () => talker.close());
    expect((await answer(`http://127.0.0.1:${port}/`)).detail).toContain('does not speak HTTP');
    const plain = await server((_request, response) => response.end());
    const found = await answer(`https://127.0.0.1:${plain.port}/`);
    expect(found.detail).toContain('does not speak TLS');
  });

  test('a server that never answers is cut off and its connection closed', async () => {
    let closed: () => void;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    const local = await server((request) => request.socket.once('close', () => closed()));
    const context = contextWith({});
    const check = new HttpRequest({ kind: 'http', url: local.url }, context);
    const found = await ask(check, ms(50), context.clock, context.signal);
    expect(found).toEqual({ good: false, late: true, detail: 'no answer within 50ms' });
    await gone;
  });

  test('a body that never ends is cut off too', async () => {
    const local = await server((_request, response) => void response.write('not yet'));
    const context = contextWith({});
    const spec: HttpCheck = { kind: 'http', url: local.url, body: { contains: 'ok' } };
    const found = await ask(new HttpRequest(spec, context), ms(50), context.clock, context.signal);
    expect(found).toEqual({ good: false, late: true, detail: 'no answer within 50ms' });
  });

  test('an interruption cancels the request in flight', async () => {
    const interrupt = new AbortController();
    const local = await server(() => interrupt.abort());
    const context = contextWith({ signal: interrupt.signal });
    const check = new HttpRequest({ kind: 'http', url: local.url }, context);
    expect(await ask(check, ms(60_000), context.clock, context.signal)).toBe('aborted');
  });

  test('what waiting cannot repair is fatal', async () => {
    expect(await answer('ftp://u:p@host/')).toMatchObject({
      fatal: true,
      detail: 'not an http or https URL: ftp://host/',
    });
    expect(await answer('http://host/', { body: { matches: '(' } })).toMatchObject({ fatal: true });
  });
});
