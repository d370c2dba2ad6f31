/** A flag that names a file: the file has to be there, and in the container. */
import { describe, expect, it } from 'vitest';
import { MANIFEST, ONE_RESTART, setFlag, trapHost } from '../rig/trap-host.ts';
import type { TrapHost } from '../rig/trap-host.ts';

const POLICY = '/etc/demo/policy.yaml';
const MOUNTS = `mounts: [{path: ${POLICY}, type: File, readOnly: true}]`;

/** The container sees these directories of the host and nothing else of it. */
function mounting(...directories: readonly string[]): (manifest: string) => string {
  const mounts = directories.map((path, i) => `{name: v${i}, mountPath: ${path}}`);
  const volumes = directories.map((path, i) => `{name: v${i}, hostPath: {path: ${path}}}`);
  return (manifest) =>
    manifest
      .replace('    resources:', `    volumeMounts: [${mounts.join(', ')}]\n    resources:`)
      .replace('  hostNetwork:', `  volumes: [${volumes.join(', ')}]\n  hostNetwork:`);
}

function prepared(): Promise<TrapHost> {
  return trapHost({ prepare: mounting('/etc/kubernetes/pki') });
}

describe('a flag with a file that the container does not see', () => {
  it('ends the component at every start, though the file is on the host; setpoint shows the mount to add', async () => {
    const host = await prepared();
    const { kubelet, rig } = host;
    await rig.put(POLICY, 'allow: []\n');
    const original = await host.manifest();
    const policy = `--policy-file=${POLICY}\n    - --log-level=info`;
    await host.install(setFlag(original, '--log-level=info', policy));
    await kubelet.waitFor('exited', { matches: (event) => event.code === 1 });
    await host.install(original);
    await kubelet.settled();
    await host.answers('/readyz', 200);

    await host.propose(`policy-file: ${POLICY}`);
    const { stderr } = await rig.exits(65, 'apply', '--auto-approve');
    expect(stderr).toContain('error[SP2084]');
    expect(stderr).toContain(`add \`${MOUNTS}\` to its resource`);
    expect(await host.manifest()).toBe(original);
    expect(await host.status('/readyz')).toBe(200);
  });
});

describe('a flag with its mount', () => {
  it('is refused while the file is missing, and is one restart with the file in the plan', async () => {
    const host = await prepared();
    const original = await host.manifest();
    await host.propose(`policy-file: ${POLICY}`, `    ${MOUNTS}\n`);
    const { stderr } = await host.rig.exits(65, 'apply', '--auto-approve');
    expect(stderr).toContain('error[SP2085]');
    expect(await host.manifest()).toBe(original);

    await host.rig.workspace.plan(
      'component',
      `resources:
  policy:
    kind: file
    path: ${POLICY}
    content: "allow: []\\n"
    gates: []
  component:
    kind: manifest
    path: ${MANIFEST}
    ${MOUNTS}
    flags: {policy-file: ${POLICY}}
`,
    );
    await host.rig.workspace.commit('policy');
    await host.rig.applied();
    expect(await host.flags()).toMatchObject({ 'policy-file': POLICY });
    expect(host.restarts()).toEqual(ONE_RESTART);
  });
});
