import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, PlanResult } from '../../src/operations/results.ts';
import { startHost, untilHealthy } from '../scenario/rig/running-host.ts';
import type { RunningHost } from '../scenario/rig/running-host.ts';
import { sha256 } from '../scenario/rig/tree-snapshot.ts';

const MANIFEST = '/etc/kubernetes/manifests/demo-component.yaml';

let host: RunningHost;
let url: string;
afterEach(() => host.close());

/** A running component whose kubelet acts on a change only after `noticeAfter` ms. */
async function start(noticeAfter: number): Promise<void> {
  host = await startHost('demo', ['PORT'], { noticeAfter });
  url = `http://127.0.0.1:${host.ports.PORT}`;
  await untilHealthy(`${url}/readyz`);
}

async function propose(flags: string, extra = ''): Promise<void> {
  await host.rig.workspace.plan(
    'component',
    `resources:\n  component:\n    kind: manifest\n    path: ${MANIFEST}\n    flags: {${flags}}\n${extra}`,
  );
  await host.rig.workspace.commit(`Set ${flags}`);
}

async function runningFlags(): Promise<Record<string, string>> {
  return JSON.parse(await untilHealthy(`${url}/flags`)) as Record<string, string>;
}

function pid(): number | null | undefined {
  return host.kubelet.running()[0]?.pid;
}

describe('the default gates of a manifest, with a kubelet that is slow to notice', () => {
  beforeEach(() => start(4000));

  it('pass only on the new process, although the old one goes on answering for a while', async () => {
    const old = pid();
    await propose('profiling: false');
    const { result } = (await host.rig.applied('--json')).json<ApplyResult>();
    expect(result.runs[0]?.outcome).toBe('applied');
    expect(await runningFlags()).toMatchObject({ profiling: 'false' });
    expect(pid()).not.toBe(old);
    const phases = result.runs[0]?.checks.map((check) => check.phase);
    expect(new Set(phases)).toEqual(new Set(['before', 'after']));
  });
});

describe('the default gates of a manifest', () => {
  beforeEach(() => start(200));

  it('revert a flag that the component refuses, and prove the old process healthy again', async () => {
    const hash = await sha256(host.rig.real(MANIFEST));
    await propose('no-such-flag: 1');
    const result = await host.rig.exits(3, 'apply', '--auto-approve', '--json');
    const [run] = result.json<ApplyResult>().result.runs;
    expect(run?.reason).toMatch(/./);
    expect(
      run?.checks.filter((check) => check.phase === 'revert').map((c) => c.verdict),
    ).not.toContain('red');
    expect(await sha256(host.rig.real(MANIFEST))).toBe(hash);
    expect(await runningFlags()).not.toHaveProperty('no-such-flag');
  });

  it('are not awaited when the decoded manifest does not change', async () => {
    const old = pid();
    await propose('request-timeout: 60s');
    const planned = (await host.rig.setpoint('plan', '--json')).json<PlanResult>();
    expect(planned.result.set.parts[0]?.items[0]?.action).toBe('adopt');
    await host.rig.applied();
    expect(pid()).toBe(old);
  });

  it('time out on a component that never becomes ready, and revert', async () => {
    await host.rig.workspace.write(
      'setpoint.yaml',
      'name: platform\ngates: {within: 3s, every: 200ms, successes: 2}\n',
    );
    await propose('startup-delay: "600000"');
    await host.rig.exits(3, 'apply', '--auto-approve');
    expect(await runningFlags()).toMatchObject({ 'startup-delay': '0' });
    await untilHealthy(`${url}/readyz`);
  });
});

describe('a release', () => {
  beforeEach(() => start(200));

  it('restarts the component with its earlier flags, through the same gates', async () => {
    const hash = await sha256(host.rig.real(MANIFEST));
    await propose('profiling: false');
    await host.rig.applied();
    await host.rig.workspace.git('revert', '--no-edit', 'HEAD');
    const { result } = (await host.rig.applied('--json')).json<ApplyResult>();
    expect(result.runs[0]).toMatchObject({ operation: 'release', outcome: 'applied' });
    expect(result.runs[0]?.checks.length).toBeGreaterThan(0);
    expect(await sha256(host.rig.real(MANIFEST))).toBe(hash);
    expect(await runningFlags()).toMatchObject({ profiling: 'true' });
  });
});

describe('the manifest directory', () => {
  beforeEach(() => start(200));

  it('never shows the kubelet anything but whole manifests: each change is one re-read of the same pod', async () => {
    await propose('profiling: false');
    await host.rig.applied();
    await propose('no-such-flag: 1');
    await host.rig.exits(3, 'apply', '--auto-approve');
    const types = host.kubelet.events().map((event) => event.type);
    expect(types).not.toContain('refused');
    expect(types).not.toContain('pod-removed');
    expect(types.filter((type) => type === 'pod-changed')).toHaveLength(3);
  });
});

describe('a companion file', () => {
  beforeEach(() => start(200));

  const PLAN = `resources:
  policy:
    kind: file
    path: /etc/demo/policy.yaml
    content: "allow: []\\n"
    gates: []
  component:
    kind: manifest
    path: ${MANIFEST}
    flags: {policy-file: /etc/demo/policy.yaml}
    pathCheck: off
`;
  it('is there before the flag that needs it, and goes after it', async () => {
    const { workspace, applied } = host.rig;
    await workspace.plan('policy', PLAN);
    await workspace.commit('policy');
    await applied();
    expect(await runningFlags()).toMatchObject({ 'policy-file': '/etc/demo/policy.yaml' });
    await workspace.remove('plans/policy.yaml');
    await workspace.commit('no policy');
    await applied();
    expect(await runningFlags()).not.toHaveProperty('policy-file');
    const failures = host.kubelet
      .events()
      .filter((event) => event.type === 'exited' && event.code === 1);
    expect(failures).toEqual([]);
  });
});
