/** What the kubelet takes for another pod, and what it does not. */
import { describe, expect, it } from 'vitest';
import { createCheck } from '../../../src/checks/create-check.ts';
import { noteProcesses } from '../../../src/checks/process-baseline.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { contextWith } from '../../unit/checks/check-world.ts';
import { NO_RESTART, ONE_RESTART, setFlag, trapHost } from '../rig/trap-host.ts';
import { gatesOf } from './derived.ts';

const PACE = { timeout: 5000 as Millis };
const UID = '1f2e3d4c-0000-4000-8000-000000000001';

function withUid(manifest: string): string {
  return manifest.replace('metadata:', `metadata:\n  uid: ${UID}`);
}

describe('an edit of comments and quotes alone', () => {
  it('restarts nothing, so that who waits for a restart waits for ever; setpoint knows and does not wait', async () => {
    const host = await trapHost();
    const { kubelet } = host;
    const before = await host.manifest();
    const after = setFlag(
      before,
      '- --log-level=info',
      '# quieter\n    - "--log-level=info"  # one day',
    );
    const processes = procProcesses();
    const gates = gatesOf(before, after);
    const checks = gates.map((gate) => gate.check).filter((check) => check.kind === 'process');
    const baseline = await noteProcesses(checks, processes);
    await host.install(after);
    await kubelet.settled();
    kubelet.relist();
    await kubelet.settled();
    expect(host.restarts()).toEqual(NO_RESTART);
    const proof = createCheck(checks.at(-1)!, contextWith({ processes, baseline }), PACE);
    expect(await proof.attempt(new AbortController().signal)).toMatchObject({ good: true });

    await host.propose('log-level: info, request-timeout: 60s');
    await host.rig.applied();
    await host.propose('log-level: info, request-timeout: 60s, profiling: false');
    await host.rig.applied();
    expect(host.restarts()).toEqual(ONE_RESTART);
    expect(await host.manifest()).toContain('# quieter\n    - "--log-level=info"  # one day');
  });
});

describe('a manifest with a UID of its own', () => {
  it('is the same pod whatever its arguments: the new flag never runs, and setpoint refuses it unasked', async () => {
    const host = await trapHost({ prepare: withUid });
    const original = await host.manifest();
    await host.install(setFlag(original, '--profiling=true', '--profiling=false'));
    await host.kubelet.waitFor('pod-updated');
    host.kubelet.relist();
    await host.kubelet.settled();
    expect(await host.flags()).toMatchObject({ profiling: 'true' });
    await host.install(original);

    await host.propose('profiling: false');
    const { stderr } = await host.rig.exits(65, 'apply', '--auto-approve');
    expect(stderr).toContain('SP2008');
    expect(await host.manifest()).toBe(original);
    expect(host.restarts()).toEqual(NO_RESTART);
  });

  it('is one restart with `uid: renew`, and another one back to the original bytes', async () => {
    const host = await trapHost({ prepare: withUid });
    const original = await host.manifest();
    await host.propose('profiling: false', '    uid: renew\n');
    await host.rig.applied();
    expect(host.restarts()).toEqual(ONE_RESTART);
    expect(await host.flags()).toMatchObject({ profiling: 'false' });

    await host.rig.workspace.remove('plans/component.yaml');
    await host.rig.workspace.commit('given back');
    await host.rig.applied();
    expect(await host.manifest()).toBe(original);
    await host.kubelet.settled();
    expect(host.restarts()).toEqual({ ...ONE_RESTART, pods: 2, processes: 2 });
    expect(await host.flags()).toMatchObject({ profiling: 'true' });
  });
});

describe('the bytes of before', () => {
  it('are the UID of before, which the kubelet may never start again: only who looks at the pod knows', async () => {
    const host = await trapHost({ stuckOnReturnedUid: true });
    const { kubelet } = host;
    const original = await host.manifest();
    await host.install(setFlag(original, '--log-level=info', '--log-level=loud'));
    await kubelet.waitFor('exited', { matches: (event) => event.code === 1 });
    await host.install(original);
    await kubelet.waitFor('stuck');
    await kubelet.settled();
    expect(await host.manifest()).toBe(original);
    expect(kubelet.running()).toEqual([]);
  });

  it('are never told to be healthy again by setpoint while nothing runs', async () => {
    const host = await trapHost({ stuckOnReturnedUid: true, within: '2s' });
    await host.propose('log-level: loud');
    const { code } = await host.rig.setpoint('apply', '--auto-approve', '--no-guardian');
    await host.kubelet.settled();
    expect(code).toBe(host.kubelet.running().length > 0 ? 3 : 4);
  });
});
