import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteProcesses, startedSince } from '../../../src/checks/process-baseline.ts';
import { plainRoot } from './check-world.ts';
import {
  attempt,
  container,
  listener,
  NEW,
  NOTED,
  OLD,
  pod,
  processesAs,
  runtimeOf,
  seen,
  spec,
} from './restart-world.ts';

describe('who listens on the port', () => {
  test('is the new process itself', async () => {
    const found = await attempt([seen(20, NEW, { sockets: ['1'] })], [listener('1')]);
    expect(found).toMatchObject({ good: true });
    expect(found.detail).toContain('listens on 6443');
  });

  test('is not the new process yet', async () => {
    const found = await attempt([seen(20, NEW, { sockets: [] })], []);
    expect(found).toMatchObject({ good: false });
    expect(found.detail).toContain('does not listen on port 6443 yet');
  });

  test('is an old one that shares the port with it, whose answers look as healthy', async () => {
    const left = seen(11, ['kube-apiserver', 'left'], { sockets: ['2'] });
    const found = await attempt(
      [seen(20, NEW, { sockets: ['1'] }), left],
      [listener('1'), listener('2')],
    );
    expect(found).toMatchObject({ good: false });
    expect(found.detail).toContain('port 6443 is shared with pid 11');
  });

  test('is only an old one', async () => {
    const left = seen(11, ['kube-apiserver', 'left'], { sockets: ['2'] });
    const found = await attempt([seen(20, NEW, { sockets: [] }), left], [listener('2')]);
    expect(found.detail).toContain('port 6443 is held by pid 11');
  });

  test('may be another one at another address', async () => {
    const other = seen(11, ['proxy'], { sockets: ['2'] });
    const at = { address: '0100007F', everywhere: false, family: 'tcp' as const };
    const mine = listener('1', { ...at, address: '0B0AA8C0' });
    const found = await attempt(
      [seen(20, NEW, { sockets: ['1'] }), other],
      [mine, listener('2', at)],
    );
    expect(found.good).toBe(true);
  });

  test('may be its child, or a new process of its pod', async () => {
    const child = seen(21, ['kube-apiserver', 'child'], { ppid: 20, sockets: ['1'] });
    expect((await attempt([seen(20, NEW, { sockets: [] }), child], [listener('1')])).good).toBe(
      true,
    );
    const sidecar = seen(30, ['sidecar'], { pod: 'new', sockets: ['1'] });
    const main = seen(20, NEW, { pod: 'new', sockets: [] });
    expect((await attempt([main, sidecar], [listener('1')])).good).toBe(true);
    const noted = { ...NOTED, processes: [...NOTED.processes, sidecar] };
    const found = await attempt([main, sidecar], [listener('1')], { baseline: noted });
    expect(found.good).toBe(false);
  });

  test('is no reason to wait where it cannot be seen', async () => {
    expect(await attempt([seen(20, NEW)], [listener('1')])).toMatchObject({
      good: true,
      detail: expect.stringContaining('who listens can be seen by root only') as string,
    });
    expect((await attempt([seen(20, NEW, { sockets: [] })], null)).good).toBe(true);
  });
});

const listens = [listener('1')];
const fresh = seen(20, NEW, { sockets: ['1'] });

describe('the pod of the new process', () => {
  test('is not new when its cgroup names the one from before', async () => {
    const found = await attempt([{ ...fresh, pod: 'old' }], listens);
    expect(found).toMatchObject({ good: false });
    expect(found.detail).toContain('it runs in pod old');
    expect((await attempt([{ ...fresh, pod: 'new' }], listens)).good).toBe(true);
  });

  test('is not new while the runtime knows the old config.hash only, whatever answers', async () => {
    const found = await attempt([fresh], listens, { podRuntime: runtimeOf([pod('old')]) });
    expect(found).toMatchObject({ good: false });
    expect(found.detail).toContain('the other configuration (config.hash old)');
    const stopped = runtimeOf([pod('new', { running: false }), pod('old', { running: false })]);
    expect((await attempt([fresh], listens, { podRuntime: stopped })).good).toBe(false);
  });

  test('is new by its config.hash', async () => {
    const podRuntime = runtimeOf([pod('new'), pod('old', { running: false })]);
    const found = await attempt([fresh], listens, { podRuntime });
    expect(found.good).toBe(true);
    expect(found.detail).toContain('config.hash new (crictl)');
  });

  test('is proved by the process alone where nobody can be asked, and that is said', async () => {
    const podRuntime = {
      ...runtimeOf([]),
      pods: async () => ({ known: false, reason: 'crictl was not found' }) as const,
    };
    const found = await attempt([fresh], listens, { podRuntime });
    expect(found.detail).toContain('proved by the process alone (crictl was not found)');
    expect(found.good).toBe(true);
  });
});

describe('what is noted of pods', () => {
  test('are the configurations that run, from cgroup and runtime', async () => {
    const processes = processesAs([seen(10, OLD, { pod: 'uid' })], []);
    const podRuntime = runtimeOf([pod('old'), pod('older', { running: false })]);
    const noted = await noteProcesses([spec], processes, podRuntime);
    expect(noted.pods).toEqual([{ pod: 'kube-system/kube-apiserver', hashes: ['uid', 'old'] }]);
  });

  test('has to be gone after a revert only when it came with the change', () => {
    const now = {
      processes: [],
      pods: [{ pod: 'kube-system/kube-apiserver', hashes: ['old', 'new'] }],
    };
    expect(startedSince(NOTED, now).pods).toEqual([
      { pod: 'kube-system/kube-apiserver', hashes: ['new'] },
    ]);
    expect(startedSince({ processes: [] }, now).pods).toEqual([]);
  });

  test('keeps a revert waiting while the failed configuration runs with the same arguments', async () => {
    const baseline = {
      processes: [],
      pods: [{ pod: 'kube-system/kube-apiserver', hashes: ['new'] }],
    };
    const { replaces: _, listens: __, ...back } = { ...spec, argv: OLD };
    const old = [seen(10, OLD)];
    const failed = { baseline, podRuntime: runtimeOf([pod('new')]) };
    expect((await attempt(old, null, failed, back)).good).toBe(false);
    const returned = { baseline, podRuntime: runtimeOf([pod('old')]) };
    expect((await attempt(old, null, returned, back)).good).toBe(true);
  });
});

describe('a new container that keeps exiting', () => {
  const crashed = container({ attempt: 2, state: 'exited', exit: { code: 1, reason: 'Error' } });

  test('is told with attempt, exit code, reason and its last words', async () => {
    const podRuntime = runtimeOf(
      [pod('new', { containers: [crashed] })],
      ['Error: unknown flag: --no-such-flag'],
    );
    const found = await attempt([], [], { podRuntime });
    expect(found).toMatchObject({ good: false, fatal: true });
    expect(found.detail).toMatch(
      /keeps exiting \(SP4103\): 3 started and exited: .*; attempt 2 exited 1 \(Error\); its log ends: Error: unknown flag/,
    );
  });

  test('is not one of the old configuration, and not one that runs again', async () => {
    const old = runtimeOf([pod('old', { containers: [crashed] })]);
    expect(await attempt([], [], { podRuntime: old })).not.toHaveProperty('fatal');
    const again = runtimeOf([pod('new', { containers: [crashed, container({ attempt: 3 })] })]);
    expect(await attempt([], [], { podRuntime: again })).not.toHaveProperty('fatal');
  });

  test('has its last words from its log file where no runtime answers', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'setpoint-logs-'));
    try {
      const logs = path.join(dir, 'var/log/pods');
      const write = (uid: string, name: string, text: string): void => {
        const place = path.join(logs, `kube-system_kube-apiserver-cp1_${uid}/kube-apiserver`);
        mkdirSync(place, { recursive: true });
        writeFileSync(path.join(place, name), text);
      };
      write('old', '7.log', '2026-01-01T00:00:00Z stderr F from before the change\n');
      write('new', '0.log', '2026-01-01T00:00:00Z stderr F unknown flag: --x\n');
      const root = { ...plainRoot(dir), list: (p: string) => readdir(path.join(dir, p)) };
      const gone = Array.from({ length: 3 }, (_, i) => seen(20 + i, NEW));
      let at = 0;
      const processes = {
        list: async () => (at < 3 ? [gone[at++] ?? seen(99, [])] : []),
      };
      const { RestartProof } = await import('../../../src/checks/process.ts');
      const { contextWith, ms } = await import('./check-world.ts');
      const { IdleClock } = await import('./idle-clock.ts');
      const context = contextWith({ processes, root, clock: new IdleClock(), baseline: NOTED });
      const proof = new RestartProof(spec, context, { timeout: ms(10_000), every: ms(0) });
      let last = await proof.attempt(new AbortController().signal);
      for (let i = 0; i < 3 && !('fatal' in last); i += 1) {
        last = await proof.attempt(new AbortController().signal);
      }
      expect(last.detail).toMatch(/keeps exiting .*; its log ends: unknown flag: --x$/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
