import { chmod, chown, stat, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, PlanResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256, treeSnapshot } from './rig/tree-snapshot.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const plan = (flags: string): string => `resources:
  scheduler:
    kind: manifest
    path: ${SCHEDULER}
    flags:
      ${flags.trim().replaceAll('\n', '\n      ')}
    gates: []
`;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('the first apply', () => {
  it('changes exactly the declared flags and commits the recorded state', async () => {
    await rig.workspace.plan('scheduler', plan('profiling: false\nbind-address: null\nv: 2'));
    await rig.workspace.commit('Harden the scheduler');
    const before = (await rig.read(SCHEDULER)).split('\n');
    await rig.applied();
    const after = (await rig.read(SCHEDULER)).split('\n');
    expect(before.filter((line) => !after.includes(line))).toEqual([
      '    - --bind-address=127.0.0.1',
    ]);
    expect(after.filter((line) => !before.includes(line)).map((line) => line.trim())).toEqual([
      '- --profiling=false',
      '- --v=2',
    ]);
    expect(await rig.stateLog()).toHaveLength(1);
  });

  it('adopts values that are already right: one commit, no write, no restart, no gate', async () => {
    await rig.workspace.plan('scheduler', plan('leader-elect: true'));
    await rig.workspace.commit('Adopt leader election');
    const before = await stat(rig.real(SCHEDULER), { bigint: true });
    const { result } = (await rig.applied('--json')).json<ApplyResult>();
    const after = await stat(rig.real(SCHEDULER), { bigint: true });
    expect(result.set.parts[0]?.items.map((item) => item.action)).toEqual(['adopt']);
    expect(result.runs[0]?.checks).toEqual([]);
    expect([after.ino, after.mtimeNs, after.ctimeNs]).toEqual([
      before.ino,
      before.mtimeNs,
      before.ctimeNs,
    ]);
    expect(await rig.stateLog()).toHaveLength(1);
  });

  it('takes another spelling of the same value for the same', async () => {
    await rig.put(
      SCHEDULER,
      (await rig.read(SCHEDULER)).replace('leader-elect=true', 'leader-elect=T'),
      0o600,
    );
    await rig.workspace.plan('scheduler', plan('leader-elect: true'));
    await rig.workspace.commit('Adopt leader election');
    const hash = await sha256(rig.real(SCHEDULER));
    await rig.applied();
    expect(await sha256(rig.real(SCHEDULER))).toBe(hash);
  });

  it('keeps the mode and the owner of a changed file', async () => {
    await chmod(rig.real(SCHEDULER), 0o640);
    if (process.getuid?.() === 0) await chown(rig.real(SCHEDULER), 1234, 2345);
    const before = await stat(rig.real(SCHEDULER));
    await rig.workspace.plan('scheduler', plan('profiling: false'));
    await rig.workspace.commit('No profiling');
    await rig.applied();
    const after = await stat(rig.real(SCHEDULER));
    expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
    expect(after.ino).not.toBe(before.ino);
  });
});

describe('a second apply', () => {
  it('writes nothing: no time stamp changes anywhere below the root, the state has no new commit', async () => {
    await rig.workspace.plan('scheduler', plan('profiling: false'));
    await rig.workspace.commit('No profiling');
    await rig.applied();
    const before = await treeSnapshot(rig.root);
    const log = await rig.stateLog();
    const { result } = (await rig.applied('--json')).json<ApplyResult>();
    expect(result.runs).toEqual([]);
    expect(await rig.stateLog()).toEqual(log);
    expect(await treeSnapshot(rig.root)).toEqual(before);
  });

  it('is a no-op too when only the time stamp of a managed file changed', async () => {
    await rig.workspace.plan('scheduler', plan('profiling: false'));
    await rig.workspace.commit('No profiling');
    await rig.applied();
    await utimes(rig.real(SCHEDULER), 1, 1);
    const log = await rig.stateLog();
    await rig.applied();
    expect(await rig.stateLog()).toEqual(log);
  });
});

describe('drift', () => {
  it('of a managed flag is shown by status and plan and put right by apply, with an observed commit first', async () => {
    await rig.workspace.plan('scheduler', plan('profiling: false'));
    await rig.workspace.commit('No profiling');
    await rig.applied();
    const good = await rig.read(SCHEDULER);
    await rig.put(SCHEDULER, good.replace('--profiling=false', '--profiling=true'), 0o600);
    const planned = (await rig.setpoint('plan', '--json')).json<PlanResult>();
    expect(planned.result.set.parts[0]?.items[0]).toMatchObject({
      action: 'change',
      cause: 'drifted',
      live: 'true',
      desired: 'false',
    });
    await rig.applied();
    expect(await rig.read(SCHEDULER)).toBe(good);
    expect(await rig.stateLog()).toHaveLength(3);
  });

  it('outside the managed flags stays when a managed flag changes', async () => {
    await rig.workspace.plan('scheduler', plan('profiling: false'));
    await rig.workspace.commit('No profiling');
    await rig.applied();
    await rig.put(SCHEDULER, `# by hand\n${await rig.read(SCHEDULER)}`, 0o600);
    await rig.workspace.plan('scheduler', plan('profiling: true'));
    await rig.workspace.commit('Profiling');
    await rig.applied();
    expect(await rig.read(SCHEDULER)).toMatch(/^# by hand\n[^]*--profiling=true/);
  });
});
