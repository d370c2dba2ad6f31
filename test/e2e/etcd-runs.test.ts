import { access } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult } from '../../src/operations/results.ts';
import { untilHealthy } from '../scenario/rig/running-host.ts';
import { sha256 } from '../scenario/rig/tree-snapshot.ts';
import { waitForFile } from '../scenario/rig/wait-for-file.ts';
import { etcdIsInstalled, MANIFEST, startEtcdHost } from './etcd-host.ts';
import type { EtcdHost } from './etcd-host.ts';

describe.skipIf(!etcdIsInstalled())('runs on a real etcd', () => {
  let etcd: EtcdHost;
  let original: string;
  beforeEach(async () => {
    etcd = await startEtcdHost();
    original = await sha256(etcd.rig.real(MANIFEST));
  });
  afterEach(() => etcd.close());

  /** A plan gate that tells when it is asked and stays red until `<dir>/open` exists. */
  function waitingGate(): string {
    const script = `touch ${etcd.rig.dir}/asked; test -e ${etcd.rig.dir}/open`;
    return `gates:\n  - {kind: command, run: [sh, -c, ${JSON.stringify(script)}], phases: [after], within: 60s}\n`;
  }

  it('5. SIGKILL of the applier, without a guardian, while the gate waits: the next command recovers the old bytes, exit 3', async () => {
    const argv = etcd.argv();
    await etcd.propose('flags: {snapshot-count: 5000}', waitingGate());
    const applier = etcd.rig.start('apply', '--auto-approve', '--no-guardian');
    await Promise.race([waitForFile(`${etcd.rig.dir}/asked`), applier.result]);
    applier.signal('SIGKILL');
    await applier.result;
    expect(etcd.argv()).toContain('--snapshot-count=5000');
    const result = await etcd.rig.exits(3, 'apply', '--auto-approve', '--json');
    const { recovered, runs } = result.json<ApplyResult>().result;
    expect(recovered.map((run) => run.outcome)).toEqual(['reverted']);
    expect(runs).toEqual([]);
    expect(await sha256(etcd.rig.real(MANIFEST))).toBe(original);
    expect(etcd.argv()).toEqual(argv);
    expect(await untilHealthy(etcd.healthUrl)).toContain('"health":"true"');
  });

  it('6. two applies at once: one waits or exits 5, both results are right', async () => {
    await etcd.propose('flags: {snapshot-count: 5000}', waitingGate());
    const first = etcd.rig.start('apply', '--auto-approve');
    await Promise.race([waitForFile(`${etcd.rig.dir}/asked`), first.result]);
    const tooSoon = await etcd.rig.exits(5, 'apply', '--auto-approve', '--lock-timeout', '100ms');
    expect(tooSoon.stderr).toContain(String(first.pid));
    const waiting = etcd.rig.start('apply', '--auto-approve', '--lock-timeout', '60s');
    await etcd.rig.mark('open');
    expect(await first.result).toMatchObject({ code: 0 });
    expect(await waiting.result).toMatchObject({ code: 0 });
    expect(etcd.argv()).toContain('--snapshot-count=5000');
    expect(etcd.argv().filter((part) => part.startsWith('--snapshot-count'))).toHaveLength(1);
    expect(await etcd.rig.stateLog()).toHaveLength(1);
  });

  it('7. a new file and the flag that needs it, then both dropped in one commit: right order', async () => {
    const key = '/etc/etcd/token.key';
    const token = `jwt,priv-key=${etcd.rig.real(key)},sign-method=HS256`;
    const { workspace, applied, real } = etcd.rig;
    await workspace.plan(
      'token',
      `resources:
  key:
    kind: file
    path: ${key}
    content: "for tests only\\n"
    mode: "0600"
    gates: []
  etcd:
    kind: manifest
    path: ${MANIFEST}
    flags: {auth-token: "${token}"}
`,
    );
    await workspace.commit('Signed tokens');
    await applied();
    expect(etcd.argv()).toContain(`--auth-token=${token}`);
    await workspace.remove('plans/token.yaml');
    await workspace.commit('No signed tokens');
    await applied();
    expect(await sha256(real(MANIFEST))).toBe(original);
    await expect(access(real(key))).rejects.toThrow('ENOENT');
    expect(await untilHealthy(etcd.healthUrl)).toContain('"health":"true"');
    const failed = etcd.kubelet
      .events()
      .filter((event) => event.type === 'exited' && event.code === 1);
    expect(failed).toEqual([]);
  });
});
