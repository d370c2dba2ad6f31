import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EtcdQuorum } from '../../src/checks/etcd/etcd-quorum.ts';
import { untilHealthy } from '../scenario/rig/running-host.ts';
import { contextWith } from '../unit/checks/check-world.ts';
import { closedPort } from '../unit/checks/local-server.ts';
import { etcdIsInstalled } from './etcd-host.ts';

const MEMBERS = ['a', 'b', 'c'];

async function end(one: ChildProcess): Promise<void> {
  if (one.exitCode !== null || one.signalCode !== null) return;
  const ended = once(one, 'exit');
  one.kill('SIGKILL');
  await ended;
}

describe.skipIf(!etcdIsInstalled())('the quorum of three real etcd members', () => {
  let dir: string;
  let running: ChildProcess[];
  let endpoints: string[];
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'setpoint-etcd-'));
    const peers: string[] = [];
    endpoints = [];
    for (const name of MEMBERS) {
      peers.push(`${name}=http://127.0.0.1:${await closedPort()}`);
      endpoints.push(`http://127.0.0.1:${await closedPort()}`);
    }
    running = MEMBERS.map((name, i) => start(name, peers, endpoints[i] ?? '', peers[i] ?? ''));
    for (const url of endpoints) await untilHealthy(`${url}/health`);
  });
  afterEach(async () => {
    for (const one of running) await end(one);
    rmSync(dir, { recursive: true });
  });

  function start(
    name: string,
    peers: readonly string[],
    client: string,
    peer: string,
  ): ChildProcess {
    const url = peer.slice(peer.indexOf('=') + 1);
    const flags = {
      name,
      'data-dir': join(dir, name),
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': url,
      'initial-advertise-peer-urls': url,
      'initial-cluster': peers.join(','),
    };
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    return spawn('etcd', args, { stdio: 'ignore' });
  }

  const ask = () =>
    new EtcdQuorum({ kind: 'etcd-quorum', endpoints }, contextWith({})).attempt(
      AbortSignal.timeout(20_000),
    );

  it('lets one member restart, and none once one is down', async () => {
    expect(await ask()).toEqual({ good: true, detail: '3 of 3 members healthy, quorum needs 2' });
    const [first] = running;
    if (first === undefined) throw new Error('no member');
    await end(first);
    // It may have been the leader: until the others have chosen a new one they rightly say that they are not healthy.
    for (const url of endpoints.slice(1)) await untilHealthy(`${url}/health`);
    const found = await ask();
    expect(found.good).toBe(false);
    expect(found.detail).toMatch(/^no member may be lost: 2 of 3 .*\(a: connection refused/);
  });
});
