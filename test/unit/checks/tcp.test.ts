import net from 'node:net';
import { expect, test } from 'vitest';
import { TcpConnect } from '../../../src/checks/tcp.ts';
import { closedPort, listen } from './local-server.ts';

test('connects, closes again, and says when nothing listens', async () => {
  const server = net.createServer();
  const ended = new Promise<void>((resolve) => {
    server.once('connection', (socket) => socket.resume().once('end', () => resolve()));
  });
  const port = await listen(server);
  const check = new TcpConnect({ kind: 'tcp', host: '127.0.0.1', port });
  const { signal } = new AbortController();
  expect(await check.attempt(signal)).toEqual({
    good: true,
    detail: `127.0.0.1:${port} accepts connections`,
  });
  await ended;
  await new Promise((resolve) => server.close(resolve));
  const closed = new TcpConnect({ kind: 'tcp', host: '127.0.0.1', port: await closedPort() });
  expect((await closed.attempt(signal)).detail).toContain('nothing listens on');
});

test('an aborted attempt ends', async () => {
  const check = new TcpConnect({ kind: 'tcp', host: '127.0.0.1', port: await closedPort() });
  expect((await check.attempt(AbortSignal.abort())).good).toBe(false);
});
