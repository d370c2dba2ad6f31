/** Encryption at rest: what was written meanwhile stays as it was written. */
import { describe, expect, it } from 'vitest';
import { ONE_RESTART, setFlag, trapHost } from '../rig/trap-host.ts';
import type { TrapHost } from '../rig/trap-host.ts';
import { asApiserver } from './as-apiserver.ts';

const CONFIG = '/etc/demo/encryption.yaml';
const FLAG = `encryption-provider-config: ${CONFIG}`;
const MOUNTED = `    mounts: [{path: ${CONFIG}, type: File, readOnly: true}]\n`;
const ACKNOWLEDGED = `${MOUNTED}    irreversible: acknowledged\n`;

async function withKeys(within = '20s'): Promise<TrapHost> {
  const host = await trapHost({ prepare: asApiserver, within });
  await host.rig.put(CONFIG, 'keys: []\n');
  return host;
}

describe('a change whose way back is not in the file', () => {
  it('leaves a component that cannot read what was written meanwhile', async () => {
    const host = await withKeys();
    const original = await host.manifest();
    const encrypted = `--encryption-provider-config=${CONFIG}\n    - --log-level=info`;
    await host.install(setFlag(original, '--log-level=info', encrypted));
    await host.kubelet.settled();
    await host.answers('/readyz', 200);
    await host.install(original);
    await host.kubelet.settled();
    await host.answers('/livez', 200);
    expect(await host.status('/readyz')).toBe(500);
  });

  it('is refused by setpoint until somebody says that they know, and again when its plan is gone', async () => {
    const host = await withKeys();
    const original = await host.manifest();
    await host.propose(FLAG, MOUNTED);
    const refused = await host.rig.exits(65, 'apply', '--auto-approve', '--no-guardian');
    expect(refused.stderr).toContain('error[SP2120]');
    expect(refused.stderr).toContain('`irreversible: acknowledged`');
    expect(await host.manifest()).toBe(original);

    await host.propose(FLAG, ACKNOWLEDGED);
    await host.rig.applied();
    expect(host.restarts()).toEqual(ONE_RESTART);
    const encrypted = await host.manifest();
    await host.rig.workspace.remove('plans/component.yaml');
    await host.rig.workspace.commit('gone');
    const gone = await host.rig.exits(65, 'apply', '--auto-approve', '--no-guardian');
    expect(gone.stderr).toContain('error[SP2120]');
    expect(gone.stderr).toContain('--acknowledge-irreversible component');
    expect(await host.manifest()).toBe(encrypted);
  });

  it('is never told to be taken back while the component is not as healthy as before', async () => {
    const host = await withKeys('2s');
    const original = await host.manifest();
    // Red after the change, for a reason of its own.
    await host.propose(`${FLAG}, startup-delay: "600000"`, `${ACKNOWLEDGED}    catalogue: off\n`);
    await host.rig.exits(4, 'apply', '--auto-approve', '--no-guardian');
    expect(await host.manifest()).toBe(original);
    expect(await host.status('/readyz')).toBe(500);
  });
});
