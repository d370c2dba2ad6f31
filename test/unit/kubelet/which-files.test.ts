import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kubeletRig, pod, SLEEPS } from './kubelet-rig.ts';

const rig = kubeletRig();

/** Pods that run, by name. */
async function found(): Promise<readonly string[]> {
  const kubelet = await rig.start();
  await kubelet.settled();
  return kubelet.running().map((running) => running.pod.replace('default/', ''));
}

describe('a manifest directory', () => {
  it.each(['x.bak', 'x~', 'x.orig', 'x.tmp', 'x.rpmsave', '4913', '#x#'])(
    'is read whatever a name ends in: %s',
    async (name) => {
      await rig.install(name, pod(SLEEPS, 'any'));
      expect(await found()).toEqual(['any']);
    },
  );

  it('is read without dot-names, at the start and by events', async () => {
    await rig.install('.hidden.yaml', pod(SLEEPS, 'hidden'));
    const kubelet = await rig.start();
    await rig.install('.later.yaml', pod(SLEEPS, 'later'));
    await kubelet.settled();
    expect(kubelet.running()).toEqual([]);
    expect(kubelet.events()).toContainEqual(expect.objectContaining({ file: '.later.yaml' }));
  });

  it('is read without sub-directories and pipes, through symlinks', async () => {
    await mkdir(rig.path('sub'));
    await writeFile(rig.path('sub/inner.yaml'), pod(SLEEPS, 'inner'));
    execFileSync('mkfifo', [rig.path('pipe')]);
    await writeFile(join(rig.dir(), 'target'), pod(SLEEPS, 'linked'));
    await symlink(join(rig.dir(), 'target'), rig.path('linked'));
    await symlink(join(rig.dir(), 'nothing'), rig.path('dangling'));
    expect(await found()).toEqual(['linked']);
  });

  it('is read up to 10 MiB a file', async () => {
    await rig.install('whole.yaml', `${pod(SLEEPS, 'whole')}\n#`.padEnd(10 * 2 ** 20 - 1, ' '));
    await rig.install('long.yaml', `${pod(SLEEPS, 'long')}\n#`.padEnd(10 * 2 ** 20, ' '));
    expect(await found()).toEqual(['whole']);
  });

  it('gives no event for a change behind a symlink: the relist finds it', async () => {
    await writeFile(join(rig.dir(), 'target'), pod(`${SLEEPS} # old`));
    await symlink(join(rig.dir(), 'target'), rig.path('linked.yaml'));
    const kubelet = await rig.start();
    await writeFile(join(rig.dir(), 'target'), pod(`${SLEEPS} # new`));
    await kubelet.settled();
    expect(kubelet.running()[0]?.argv[2]).toContain('old');
    kubelet.relist();
    await kubelet.settled();
    expect(kubelet.running()[0]?.argv[2]).toContain('new');
  });
});
