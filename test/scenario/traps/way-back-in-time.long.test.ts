/** Old bytes that return before the kubelet has acted on the new ones: two changes in a row are one to it, or none. */
import { describe, expect, it } from 'vitest';
import { NO_RESTART, ONE_RESTART, setFlag, trapHost } from '../rig/trap-host.ts';

const EDIT = ['--profiling=true', '--profiling=false'] as const;

describe('a change that is taken back at once', () => {
  it('is not seen at all by a kubelet that is busy, nor is its revert', async () => {
    const { kubelet, manifest, install, restarts } = await trapHost();
    const original = await manifest();
    kubelet.switches.noticing.close();
    await install(setFlag(original, ...EDIT));
    await install(original);
    kubelet.switches.noticing.open();
    await kubelet.settled();
    expect(restarts()).toEqual(NO_RESTART);
  });

  it.each([
    ['', ''],
    [', also where no gate looks at processes', '    restartProof: weak\n'],
  ])('has been acted on before setpoint brings the old bytes back%s', async (_, lines) => {
    const host = await trapHost();
    const { kubelet, manifest, rig, restarts } = host;
    const original = await manifest();
    await host.propose('profiling: false', lines);
    kubelet.switches.noticing.close();
    const applying = rig.start('apply', '--auto-approve', '--no-guardian');
    await applying.stderrMatches(/^wrote /m);
    applying.signal('SIGINT');
    await applying.stderrMatches(/until the kubelet has seen the change, then takes it back/);
    expect(await manifest()).toBe(setFlag(original, ...EDIT));
    kubelet.switches.noticing.open();
    expect(await applying.result).toMatchObject({ code: 130 });
    expect(await manifest()).toBe(original);
    await kubelet.settled();
    expect(restarts()).toEqual({ ...ONE_RESTART, pods: 2, processes: 2 });
    expect(await host.flags()).toMatchObject({ profiling: 'true' });
  });
});
