/** What else stands in the manifest directory, and how a manifest is written there. */
import { copyFile, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MANIFEST, ONE_RESTART, setFlag, trapHost } from '../rig/trap-host.ts';
import type { TrapHost } from '../rig/trap-host.ts';

const EDIT = ['--profiling=true', '--profiling=false'] as const;
const BACKUP = `${MANIFEST}.bak`;

/** `cp x.yaml x.yaml.bak && sed -i …`: the edit is in effect, and whoever looks now is content. */
async function editBesideBackup({ rig, kubelet, install, manifest, flags }: TrapHost) {
  await copyFile(rig.real(MANIFEST), rig.real(BACKUP));
  await kubelet.settled();
  await install(setFlag(await manifest(), ...EDIT));
  await kubelet.settled();
  expect(await flags()).toMatchObject({ profiling: 'false' });
}

describe('a backup beside the manifest', () => {
  it('wins over the edited file at the next relist; setpoint refuses, and keeps its own elsewhere', async () => {
    const host = await trapHost();
    const { rig, kubelet, flags } = host;
    await editBesideBackup(host);
    kubelet.relist();
    await kubelet.settled();
    expect(await flags()).toMatchObject({ profiling: 'true' });

    await host.propose('log-level: debug');
    const refused = await rig.setpoint('apply', '--auto-approve', '--no-guardian');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('SP3011');
    expect(refused.stderr).toContain(BACKUP);

    await rm(rig.real(BACKUP));
    await host.install(await host.manifest());
    await kubelet.settled();
    await rig.applied();
    kubelet.relist();
    await kubelet.settled();
    expect(await flags()).toMatchObject({ profiling: 'false', 'log-level': 'debug' });
    expect(await readdir(dirname(rig.real(MANIFEST)))).toEqual(['demo-component.yaml']);
  });

  it('loses where the first name wins: what is refused does not depend on the version', async () => {
    const host = await trapHost({ firstNameWins: true });
    await editBesideBackup(host);
    host.kubelet.relist();
    await host.kubelet.settled();
    expect(await host.flags()).toMatchObject({ profiling: 'false' });
    await host.propose('log-level: debug');
    const { code, stderr } = await host.rig.setpoint('plan');
    expect({ refused: code !== 0, why: stderr.includes('SP3011') }).toEqual({
      refused: true,
      why: true,
    });
  });
});

describe('a new manifest', () => {
  it('that is made in the directory and renamed is run twice, with a gap between', async () => {
    const { rig, kubelet, manifest, restarts } = await trapHost();
    const temporary = rig.real(`${MANIFEST}.tmp`);
    await writeFile(temporary, setFlag(await manifest(), ...EDIT));
    await kubelet.settled();
    await rename(temporary, rig.real(MANIFEST));
    await kubelet.settled();
    expect(restarts()).toMatchObject({
      pods: 2,
      gaps: 1,
      foreign: ['demo-component.yaml.tmp'],
    });
  });

  it('that is written in place is read half, and a relist ends the pod', async () => {
    const { rig, kubelet, manifest, restarts, status } = await trapHost();
    const text = setFlag(await manifest(), ...EDIT);
    const file = await open(rig.real(MANIFEST), 'w');
    await file.write(text.slice(0, text.indexOf('spec:')));
    await kubelet.settled();
    kubelet.relist();
    await kubelet.settled();
    expect(await status('/livez')).toBeNull();
    await file.write(text.slice(text.indexOf('spec:')));
    await file.close();
    await kubelet.settled();
    expect(restarts()).toMatchObject({ gaps: 1 });
    expect(restarts().refused).toBeGreaterThan(0);
  });

  it('from setpoint is one restart, though the kubelet looks at every moment; so is the way back', async () => {
    const relist = { now: (): void => {} };
    const host = await trapHost({
      listener: (event) => event.type === 'file-event' && relist.now(),
    });
    relist.now = host.kubelet.relist;
    await host.propose('profiling: false');
    await host.rig.applied();
    await host.kubelet.settled();
    expect(host.restarts()).toEqual(ONE_RESTART);
    expect(await host.flags()).toMatchObject({ profiling: 'false' });

    await host.propose('log-level: loud');
    await host.rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
    await host.kubelet.settled();
    expect(host.restarts()).toMatchObject({
      ...ONE_RESTART,
      pods: 3,
      processes: expect.any(Number),
    });
    expect(await host.flags()).toMatchObject({ profiling: 'false' });
    const names = host.kubelet
      .events()
      .flatMap((event) => (event.type === 'file-event' ? [event.file] : []));
    expect(new Set(names)).toEqual(new Set(['demo-component.yaml']));
  });
});
