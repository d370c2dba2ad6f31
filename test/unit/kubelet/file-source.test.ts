import { chmod, copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alive, history, kubeletRig, pod, scripts, SLEEPS } from './kubelet-rig.ts';

const rig = kubeletRig();
const OLD = pod(`${SLEEPS} # old`);
const NEW = pod(`${SLEEPS} # new`);

describe('one rename over a manifest', () => {
  it('is one change of the pod', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await rig.install('demo.yaml', NEW);
    await kubelet.settled();
    expect(history(kubelet)).toMatchObject({ generations: [{ ended: true }, {}], gaps: 0 });
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
  });

  it('of the same bytes is none, nor is a change of mode', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await rig.install('demo.yaml', OLD);
    await chmod(rig.path('demo.yaml'), 0o600);
    await kubelet.settled();
    expect(kubelet.events()).toContainEqual(expect.objectContaining({ change: 'modify' }));
    expect(history(kubelet).generations).toHaveLength(1);
  });
});

describe('a manifest that does not parse', () => {
  it('leaves the pod alone when an event reads it, and is its end at the relist', async () => {
    await rig.install('demo.yaml', OLD);
    await rig.install('other.yaml', pod(SLEEPS, 'other'));
    const kubelet = await rig.start();
    const { pid } = await kubelet.waitFor('started');
    await rig.install('demo.yaml', '{');
    await kubelet.waitFor('refused');
    await kubelet.settled();
    expect(alive(pid)).toBe(true);
    kubelet.relist();
    await kubelet.settled();
    expect(alive(pid)).toBe(false);
    expect(kubelet.running().map((one) => one.pod)).toEqual(['default/other']);
  });

  it('ends the last pod, too, and any event brings it back until the next relist', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await rig.install('demo.yaml', '{');
    kubelet.relist();
    await kubelet.settled();
    expect(kubelet.running()).toEqual([]);
    await rig.install('other.yaml', pod(SLEEPS, 'other'));
    await kubelet.settled();
    expect(kubelet.running()).toHaveLength(2);
    kubelet.relist();
    await kubelet.settled();
    expect(kubelet.running()).toHaveLength(1);
  });
});

describe('a manifest that goes', () => {
  it('takes its pod along, and one that comes back is a gap', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await rename(rig.path('demo.yaml'), join(rig.dir(), 'away'));
    await kubelet.settled();
    expect(kubelet.running()).toEqual([]);
    await rename(join(rig.dir(), 'away'), rig.path('demo.yaml'));
    await kubelet.settled();
    expect(history(kubelet)).toMatchObject({ gaps: 1, generations: [{}, {}] });
  });

  it('in a name that never parsed takes nothing along', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await writeFile(rig.path('notes'), 'not a pod');
    await rm(rig.path('notes'));
    await kubelet.settled();
    expect(history(kubelet)).toMatchObject({ gaps: 0, generations: [{}] });
  });
});

describe('two files of one pod', () => {
  it('make the latest event win, and at a relist the last name', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await copyFile(rig.path('demo.yaml'), rig.path('demo.yaml.bak'));
    await kubelet.settled();
    await rig.install('demo.yaml', NEW);
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
    kubelet.relist();
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # old`]);
  });

  it('make the first name win at a relist where the kubelet does so', async () => {
    await rig.install('demo.yaml', NEW);
    await rig.install('demo.yaml.bak', OLD);
    const kubelet = await rig.start({ firstNameWins: true });
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
  });

  it('end the pod when one of them goes, though it is from the other', async () => {
    await rig.install('demo.yaml.bak', OLD);
    const kubelet = await rig.start();
    await rig.install('demo.yaml', NEW);
    await kubelet.settled();
    await rm(rig.path('demo.yaml.bak'));
    await kubelet.settled();
    expect(kubelet.running()).toEqual([]);
    kubelet.relist();
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
  });

  it('end the pod when a temporary one is renamed over the other', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    await writeFile(rig.path('demo.yaml.tmp'), NEW);
    await kubelet.settled();
    await rename(rig.path('demo.yaml.tmp'), rig.path('demo.yaml'));
    await kubelet.settled();
    expect(history(kubelet).gaps).toBe(1);
    expect(history(kubelet).generations).toHaveLength(3);
  });
});

describe('a kubelet that does not notice', () => {
  it('reads a file when it looks, not when it was changed: what was there in between never ran', async () => {
    await rig.install('demo.yaml', OLD);
    const kubelet = await rig.start();
    kubelet.switches.noticing.close();
    await rig.install('demo.yaml', NEW);
    await kubelet.settled();
    kubelet.relist();
    expect(history(kubelet).generations).toHaveLength(1);
    await rig.install('demo.yaml', OLD);
    await kubelet.settled();
    kubelet.switches.noticing.open();
    await kubelet.settled();
    expect(history(kubelet).generations).toHaveLength(1);
  });
});
