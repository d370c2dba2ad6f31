import { afterEach, describe, expect, test } from 'vitest';
import { EtcdQuorum } from '../../../src/checks/etcd/etcd-quorum.ts';
import { judgeQuorum, type Voter } from '../../../src/checks/etcd/quorum.ts';
import { contextWith } from './check-world.ts';
import { closedPort, serve, type LocalServer } from './local-server.ts';

function voters(healthy: number, all: number): readonly Voter[] {
  return Array.from({ length: all }, (_, i) => ({
    name: `m${i}`,
    trouble: i < healthy ? null : 'down',
  }));
}

test.each([
  [1, 1, true],
  [0, 1, false],
  [2, 2, false],
  [3, 3, true],
  [2, 3, false],
  [4, 4, true],
  [3, 4, false],
  [4, 5, true],
  [3, 5, false],
  [2, 5, false],
  [0, 0, false],
])('%i healthy of %i members: may go on is %s', (healthy, all, good) => {
  expect(judgeQuorum(voters(healthy, all)).good).toBe(good);
});

test.each([
  [2, 2, true],
  [2, 3, true],
  [1, 3, false],
  [1, 2, false],
  [3, 5, true],
])('%i healthy of %i members, of which none restarts: may go on is %s', (healthy, all, good) => {
  expect(judgeQuorum(voters(healthy, all), 0).good).toBe(good);
});

test('a refusal tells whether quorum is there, and who is ill', () => {
  expect(judgeQuorum(voters(2, 3)).detail).toMatch(
    /^no member may be lost: 2 of 3 members healthy, quorum needs 2 \(m2: down\)/,
  );
  expect(judgeQuorum(voters(1, 3)).detail).toMatch(/^no quorum: 1 of 3 .*m1: down; m2: down/);
});

function ask(endpoints: readonly string[]) {
  const check = new EtcdQuorum({ kind: 'etcd-quorum', endpoints }, contextWith({}));
  return check.attempt(new AbortController().signal);
}

describe('the check', () => {
  const servers: LocalServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  /** A cluster whose members answer /health with these texts; `null`: nothing listens. */
  async function cluster(health: readonly (string | null)[], more: readonly object[] = []) {
    const members: object[] = [...more];
    for (const [i, text] of health.entries()) {
      const server = await serve((request, response) => {
        const list = request.url === '/v3/cluster/member/list' && request.method === 'POST';
        if (list) response.end(JSON.stringify({ members }));
        else response.writeHead(text === 'false' ? 503 : 200).end(JSON.stringify({ health: text }));
      });
      servers.push(server);
      const url = text === null ? `http://127.0.0.1:${await closedPort()}` : server.url;
      members.push({ ID: String(i), name: `m${i}`, clientURLs: [url] });
    }
    return servers.map(({ url }) => url);
  }

  test('counts members that answer true, not learners, and asks the next endpoint', async () => {
    const learner = { ID: '9', name: 'learner', isLearner: true, clientURLs: [] };
    const endpoints = await cluster(['true', 'true', 'true'], [learner]);
    const dead = `http://127.0.0.1:${await closedPort()}`;
    expect(await ask([dead, ...endpoints])).toEqual({
      good: true,
      detail: '3 of 3 members healthy, quorum needs 2',
    });
  });

  test('refuses with one that is ill, down or not started', async () => {
    for (const ill of ['false', null] as const) {
      expect((await ask(await cluster(['true', 'true', ill]))).good).toBe(false);
      for (const server of servers.splice(0)) await server.close();
    }
    const unstarted = { ID: '7', peerURLs: [], clientURLs: [] };
    const found = await ask(await cluster(['true', 'true'], [unstarted]));
    expect(found.detail).toContain('7: it has not started yet');
  });

  test('says why nobody could be asked, and what keeps it out', async () => {
    expect(await ask([`http://127.0.0.1:${await closedPort()}`])).toMatchObject({
      detail: expect.stringMatching(/cannot be listed: .*connection refused/) as string,
    });
    const status = async (code: number) => {
      const server = await serve((_, response) => response.writeHead(code).end());
      servers.push(server);
      return ask([server.url]);
    };
    expect((await status(404)).detail).toContain('no JSON gateway');
    expect(await status(401)).toMatchObject({ state: 'unauthenticated' });
  });
});
