import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Kubelet } from '../../kubelet/start-kubelet.ts';
import { alive, history, kubeletRig, pod, scripts, SLEEPS, WAIT } from './kubelet-rig.ts';

const rig = kubeletRig();
const OLD = pod(`${SLEEPS} # old`);
const NEW = pod(`${SLEEPS} # new`);

async function startOld(options: Parameters<typeof rig.start>[0] = {}): Promise<Kubelet> {
  await rig.install('demo.yaml', OLD);
  const kubelet = await rig.start(options);
  await kubelet.waitFor('started');
  return kubelet;
}

describe('a changed pod', () => {
  it('starts when every process of the old one has ended', async () => {
    const kubelet = await startOld();
    const first = await kubelet.waitFor('started');
    await rig.install('demo.yaml', NEW);
    await kubelet.waitFor('started', { matches: (event) => event.pid !== first.pid });
    expect(alive(first.pid)).toBe(false);
    const types = kubelet.events().map((event) => event.type);
    expect(types.slice(types.indexOf('pod-changed'))).toEqual([
      'pod-changed',
      'exited',
      'stopped',
      'started',
    ]);
  });

  it('waits as long as the old one makes use of its grace period', async () => {
    const kubelet = await startOld();
    kubelet.switches.terminating.close();
    await rig.install('demo.yaml', NEW);
    await kubelet.waitFor('pod-changed');
    await rig.install('other.yaml', pod(`echo; ${SLEEPS}`, 'other'));
    const log = join(rig.dir(), 'logs/default_other_c.log');
    // Time enough for the old one to end.
    await kubelet.waitFor('started', { matches: (event) => event.pod === 'default/other' });
    await expect.poll(() => readFile(log, 'utf8'), WAIT).toBe('\n');
    expect(kubelet.events().filter((event) => event.type === 'exited')).toEqual([]);
    await rm(rig.path('other.yaml'));
    kubelet.switches.terminating.open();
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
  });

  it('waits until the volumes of the old one are unmounted: nothing runs meanwhile', async () => {
    const kubelet = await startOld();
    kubelet.switches.unmounting.close();
    await rig.install('demo.yaml', NEW);
    await kubelet.waitFor('stopped');
    expect(kubelet.running()).toEqual([]);
    kubelet.switches.unmounting.open();
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
  });

  it('runs beside the old one where they may share what they listen on', async () => {
    const kubelet = await startOld({ overlap: true });
    kubelet.switches.terminating.close();
    await rig.install('demo.yaml', NEW);
    await kubelet.waitFor('started', { matches: ({ argv }) => argv[2] === `${SLEEPS} # new` });
    expect(new Set(scripts(kubelet))).toEqual(new Set([`${SLEEPS} # new`, `${SLEEPS} # old`]));
    kubelet.switches.terminating.open();
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
  });

  it('that comes back with an earlier UID is started, or never where that is what the kubelet does', async () => {
    for (const stuckOnReturnedUid of [false, true]) {
      const kubelet = await startOld({ stuckOnReturnedUid });
      await rig.install('demo.yaml', NEW);
      await kubelet.settled();
      await rig.install('demo.yaml', OLD);
      await kubelet.settled();
      expect(scripts(kubelet)).toEqual(stuckOnReturnedUid ? [] : [`${SLEEPS} # old`]);
      await rig.install(
        'demo.yaml',
        pod(`${SLEEPS} # old`, 'demo', {}, { annotations: { a: 'b' } }),
      );
      await kubelet.settled();
      expect(scripts(kubelet)).toEqual([`${SLEEPS} # old`]);
      await kubelet.stop();
    }
  });
});

function fixed(script: string, image: string): string {
  return pod(script, 'demo', { image }, { uid: 'fixed' });
}

describe('a pod with a UID of its own', () => {
  it('is updated: new arguments alone start nothing, a new image does', async () => {
    await rig.install('demo.yaml', fixed(`${SLEEPS} # old`, 'i:1'));
    const kubelet = await rig.start();
    await rig.install('demo.yaml', fixed(`${SLEEPS} # new`, 'i:1'));
    await kubelet.waitFor('pod-updated');
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # old`]);
    await rig.install('demo.yaml', fixed(`${SLEEPS} # new`, 'i:2'));
    await kubelet.settled();
    expect(scripts(kubelet)).toEqual([`${SLEEPS} # new`]);
    expect(history(kubelet).generations).toHaveLength(1);
  });
});

describe('a container', () => {
  it('has its output in a log file', async () => {
    await rig.install('demo.yaml', pod(`echo hello; ${SLEEPS}`));
    await (await rig.start()).waitFor('started');
    const log = join(rig.dir(), 'logs/default_demo_c.log');
    await expect.poll(() => readFile(log, 'utf8'), WAIT).toBe('hello\n');
  });

  it('that exits starts again, with a back-off that belongs to the UID', async () => {
    await rig.install('demo.yaml', pod('exit 7'));
    const kubelet = await rig.start({ backoff: { base: 1, max: 2 } });
    expect(await kubelet.waitFor('exited')).toMatchObject({ code: 7 });
    await expect
      .poll(() => history(kubelet).generations[0]?.starts.length, WAIT)
      .toBeGreaterThan(2);
  });

  it('is killed after the grace period when it ignores SIGTERM', async () => {
    await rig.install('demo.yaml', pod('trap "" TERM; echo up; while :; do sleep 0.05; done'));
    const kubelet = await rig.start({ maxGrace: 100 });
    const { pid } = await kubelet.waitFor('started');
    const log = join(rig.dir(), 'logs/default_demo_c.log');
    await expect.poll(() => readFile(log, 'utf8'), WAIT).toBe('up\n');
    await kubelet.stop();
    expect(alive(pid)).toBe(false);
    expect(kubelet.events().find((e) => e.type === 'exited')).toMatchObject({ signal: 'SIGKILL' });
  });

  it('whose program does not exist is reported and tried again', async () => {
    await rig.install('demo.yaml', pod('x').replace('"sh"', '"/no/such/program"'));
    const kubelet = await rig.start();
    expect(await kubelet.waitFor('exited')).toMatchObject({ pid: null });
    await kubelet.waitFor('exited', { since: kubelet.events().length });
  });
});
