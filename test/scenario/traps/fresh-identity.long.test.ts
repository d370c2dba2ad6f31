/** Old bytes that do not come up: the kubelet holds on to the pod that had them. */
import { expect, it } from 'vitest';
import type { KubeletEvent } from '../../kubelet/kubelet-event.ts';
import type { ApplyResult } from '../../../src/operations/results.ts';
import { MANIFEST, trapHost, WAIT } from '../rig/trap-host.ts';

const APPLY = ['apply', '--auto-approve', '--no-guardian', '--json'] as const;

function annotated(manifest: string, run: string): string {
  return manifest.replace(
    /^metadata:\n(?:(?: .*)?\n)*/mu,
    (metadata) => `${metadata}  annotations:\n    setpoint/renewed: "${run}"\n`,
  );
}

/** The bad change has been acted on: what follows is about the way back. */
const isLoud = (event: KubeletEvent): boolean =>
  event.type === 'started' && event.argv.includes('--log-level=loud');

it('get a fresh identity, once, and the component runs as before', async () => {
  const host = await trapHost({ stuckOnReturnedUid: true, within: '3s' });
  const { rig, kubelet } = host;
  const original = await host.manifest();
  await host.propose('log-level: loud');
  const { result, diagnostics } = (await rig.exits(3, ...APPLY)).json<ApplyResult>();
  const [report] = result.runs;
  const run = report?.run ?? '';
  expect(report).toMatchObject({ outcome: 'reverted', renewed: [MANIFEST] });
  expect(report?.reason).toContain(`${MANIFEST} got a fresh identity`);
  expect(diagnostics.map(({ code }) => code)).toContain('SP4110');
  expect(kubelet.events().filter(({ type }) => type === 'stuck')).toHaveLength(1);
  expect(await host.flags()).toMatchObject({ profiling: 'true', 'log-level': 'info' });
  expect(await host.manifest()).toBe(annotated(original, run));
});

it("where that does not help a person is needed; later the annotation is no drift and in nobody's way", async () => {
  const host = await trapHost({ within: '3s' });
  const { rig, kubelet } = host;
  const original = await host.manifest();
  await host.propose('profiling: false');
  await rig.applied();
  const proven = await host.manifest();
  await host.propose('profiling: false, log-level: loud');
  const applying = rig.exits(4, ...APPLY);
  await expect.poll(() => kubelet.events().some(isLoud), WAIT).toBe(true);
  kubelet.switches.unmounting.close();
  const { result } = (await applying).json<ApplyResult>();
  const run = result.runs[0]?.run ?? '';
  const renewed = annotated(proven, run);
  expect(result.runs[0]).toMatchObject({ outcome: 'revert-failed', renewed: [MANIFEST] });
  expect(await host.manifest()).toBe(renewed);

  kubelet.switches.unmounting.open();
  await rig.exits(3, 'recover');
  expect(await host.manifest()).toBe(renewed);
  await rig.exits(0, 'drift');

  await host.propose('profiling: false, request-timeout: 60s');
  await rig.applied();
  expect(await host.manifest()).toContain(`setpoint/renewed: "${run}"`);
  expect(await rig.stateLog()).not.toContainEqual(expect.stringContaining('observed'));
  await rig.workspace.remove('plans/component.yaml');
  await rig.workspace.commit('given back');
  await rig.applied();
  expect(await host.flags()).toMatchObject({ profiling: 'true' });
  expect(await host.manifest()).toBe(original);
});
