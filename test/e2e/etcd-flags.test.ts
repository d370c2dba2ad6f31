import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, StatusResult } from '../../src/operations/results.ts';
import { freePort } from '../scenario/rig/free-port.ts';
import { untilHealthy } from '../scenario/rig/running-host.ts';
import { sha256 } from '../scenario/rig/tree-snapshot.ts';
import { etcdIsInstalled, MANIFEST, startEtcdHost } from './etcd-host.ts';
import type { EtcdHost } from './etcd-host.ts';

describe.skipIf(!etcdIsInstalled())('flags of a real etcd', () => {
  let etcd: EtcdHost;
  let original: string;
  beforeEach(async () => {
    etcd = await startEtcdHost();
    original = await sha256(etcd.rig.real(MANIFEST));
  });
  afterEach(() => etcd.close());

  async function expectUnchanged(argv: readonly string[]): Promise<void> {
    expect(await sha256(etcd.rig.real(MANIFEST))).toBe(original);
    expect(await untilHealthy(etcd.healthUrl)).toContain('"health":"true"');
    expect(etcd.argv()).toEqual(argv);
    expect(await processArgv(etcd.pid())).toEqual(argv);
  }

  it('1. a harmless flag: etcd restarts with it, is healthy, and the change is committed', async () => {
    const before = { argv: etcd.argv(), pid: etcd.pid() };
    await etcd.propose('flags: {snapshot-count: 5000, heartbeat-interval: 200}');
    await etcd.rig.applied();
    expect(etcd.pid()).not.toBe(before.pid);
    expect(await processArgv(etcd.pid())).toEqual([
      ...before.argv.map((part) => part.replace('snapshot-count=10000', 'snapshot-count=5000')),
      '--heartbeat-interval=200',
    ]);
    expect(await untilHealthy(etcd.healthUrl)).toContain('"health":"true"');
    expect(await etcd.rig.stateLog()).toHaveLength(1);
  });

  it('2. an unknown flag: refused; without the catalogue etcd exits, the change is reverted, two commits, exit 3, plan held', async () => {
    const argv = etcd.argv();
    await etcd.propose('flags: {snapshot-cuont: 5000}');
    const refused = await etcd.rig.exits(65, 'apply', '--auto-approve');
    expect(refused.stderr).toContain('did you mean --snapshot-count?');
    await etcd.propose('flags: {snapshot-cuont: 5000}\ncatalogue: off');
    const result = await etcd.rig.exits(3, 'apply', '--auto-approve', '--json');
    const [run] = result.json<ApplyResult>().result.runs;
    expect(run).toMatchObject({ outcome: 'reverted' });
    // etcd lives for milliseconds: its starts are seen all the same, and nobody waits for the deadline.
    expect(run?.reason).toContain('keeps exiting');
    expect(run?.commits).toHaveLength(2);
    await expectUnchanged(argv);
    expect(await etcd.rig.stateLog()).toHaveLength(2);
    const status = (await etcd.rig.setpoint('status', '--json')).json<StatusResult>().result;
    expect(status.plans[0]?.held?.run).toBe(run?.run);
    await etcd.rig.exits(7, 'apply', '--auto-approve');
  });

  it('3. a moved client URL: reverted by a gate that watches the old port, applied by one on the new', async () => {
    const argv = etcd.argv();
    const [old, moved] = [etcd.ports.CLIENT_PORT, await freePort()];
    const flags = `flags:
  listen-client-urls: http://127.0.0.1:${moved}
  advertise-client-urls: http://127.0.0.1:${moved}`;
    await etcd.propose(
      flags,
      `gates:\n  - {kind: http, url: "http://127.0.0.1:${old}/health", within: 3s}\n`,
    );
    await etcd.rig.exits(3, 'apply', '--auto-approve');
    await expectUnchanged(argv);

    await etcd.propose(
      flags,
      `gates:\n  - {kind: http, url: "http://127.0.0.1:${moved}/health", phases: [after]}\n`,
    );
    await etcd.rig.applied();
    expect(await untilHealthy(`http://127.0.0.1:${moved}/health`)).toContain('"health":"true"');
    expect(etcd.argv()).toContain(`--listen-client-urls=http://127.0.0.1:${moved}`);
  });

  it('4. a failing audit: reverted', async () => {
    const argv = etcd.argv();
    await etcd.propose(`flags: {snapshot-count: 5000}
audits:
  - {kind: http, url: "${etcd.healthUrl}", body: {contains: '"health":"false"'}}`);
    const result = await etcd.rig.exits(3, 'apply', '--auto-approve', '--json');
    const checks = result.json<ApplyResult>().result.runs[0]?.checks ?? [];
    expect(checks.filter((check) => check.phase === 'audit').map((check) => check.verdict)).toEqual(
      ['red'],
    );
    await expectUnchanged(argv);
  });
});

/** The command line as the kernel has it, so that the simulator's word is not all we have. */
async function processArgv(pid: number | null): Promise<readonly string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
}
