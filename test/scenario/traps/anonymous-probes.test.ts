/** `--anonymous-auth=false`: nobody who asks without credentials is answered any more. */
import { describe, expect, it } from 'vitest';
import type { ApplyResult, PlanResult } from '../../../src/operations/results.ts';
import { setFlag, trapHost } from '../rig/trap-host.ts';
import { asSecureApiserver } from './as-apiserver.ts';

describe('a component that answers nobody it does not know', () => {
  it('looks dead to who sends no credentials, and the kubelet itself ends it again and again', async () => {
    const host = await trapHost();
    const closed = '--anonymous-auth=false\n    - --log-level=info';
    await host.install(setFlag(await host.manifest(), '--log-level=info', closed));
    await host.kubelet.settled();
    await host.answers('/readyz', 401);
    // The fixture's liveness probe may fail eight times.
    for (let round = 0; round < 8; round += 1) await host.kubelet.probe();
    expect(await host.kubelet.waitFor('probe-killed')).toMatchObject({ detail: 'status 401' });
  });

  it('is told from a dead one by setpoint, and taken back although an administrator would be let in: the kubelet is not', async () => {
    const host = await trapHost({ prepare: asSecureApiserver });
    const original = await host.manifest();
    await host.propose('anonymous-auth: false');
    const plan = (await host.rig.exits(0, 'plan', '--json')).json<PlanResult>();
    const warned = expect.stringContaining('requests without credentials get 401') as string;
    expect(plan.result.set.parts[0]?.warnings).toContainEqual(
      expect.objectContaining({ message: warned }),
    );
    const apply = await host.rig.exits(3, 'apply', '--auto-approve', '--no-guardian', '--json');
    const { result } = apply.json<ApplyResult>();
    const detail = expect.stringMatching(/alive but unauthenticated \(401, SP4106\)/);
    const red = { phase: 'after', state: 'unauthenticated', verdict: 'red', detail };
    expect(result.runs[0]?.checks).toContainEqual(expect.objectContaining(red));
    expect(await host.manifest()).toBe(original);
    expect(await host.status('/readyz')).toBe(200);
  });
});
