import { afterEach, expect, it } from 'vitest';
import type { ApplyResult, StatusResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { applyLevel, bareRemote, CONF, stateGit, useRemote } from './rig/state-remote.ts';
import type { BareRemote } from './rig/state-remote.ts';

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.close()));
});

async function hosts(count: number): Promise<readonly Rig[]> {
  for (let n = 0; n < count; n += 1) {
    const rig = await createRig();
    rigs.push(rig);
    await rig.put(CONF, 'level = 0\n');
  }
  return rigs;
}

async function remoteOf(first: Rig | undefined): Promise<BareRemote> {
  if (first === undefined) throw new Error('no host');
  return bareRemote(first);
}

async function hostId(rig: Rig): Promise<string> {
  const { result } = (await rig.exits(0, 'status', '--json')).json<StatusResult>();
  return result.hostId ?? 'none';
}

it('eight hosts push to one remote at once: each has its own branch there, whole', async () => {
  const all = await hosts(8);
  const remote = await remoteOf(all[0]);
  for (const rig of all) await useRemote(rig, remote.url);
  for (const level of [1, 2]) {
    const ended = await Promise.all(
      all.map((rig, n) => applyLevel(rig, level, '--host', `node-${n}`, '--json')),
    );
    expect(ended.map(({ code }) => code)).toEqual(all.map(() => 0));
    const told = ended.flatMap((one) => one.json<ApplyResult>().diagnostics);
    expect(told).toEqual([]);
  }
  for (const [n, rig] of all.entries()) {
    const branch = `setpoint/node-${n}`;
    expect(await remote.git('rev-parse', branch)).toBe(await stateGit(rig, 'rev-parse', branch));
    expect(await remote.git('rev-list', '--count', branch)).toBe('2');
  }
  expect(await remote.git('fsck', '--strict', '--no-dangling')).toBe('');
});

it('two hosts of one name: the second one is told both ids, its exit code stays, and the record of the first is not touched', async () => {
  const [first, second] = await hosts(2);
  if (first === undefined || second === undefined) throw new Error('no host');
  const remote = await remoteOf(first);
  // Both have a record before they share a remote.
  for (const rig of [first, second]) await applyLevel(rig, 1);
  for (const rig of [first, second]) await useRemote(rig, remote.url);
  await applyLevel(first, 2);
  const pushed = await remote.git('rev-parse', 'setpoint/cp-1');
  const { code, stderr } = await applyLevel(second, 3);
  expect(code).toBe(0);
  expect(stderr).toContain('SP5084');
  expect(stderr).toContain(await hostId(first));
  expect(stderr).toContain(await hostId(second));
  expect(await remote.git('rev-parse', 'setpoint/cp-1')).toBe(pushed);
  for (const verb of ['push', 'pull']) {
    expect((await second.exits(6, 'state', verb)).stderr).toContain('SP5084');
  }
  expect(await second.read(CONF)).toBe('level = 3\n');
  expect((await applyLevel(first, 4)).stderr).not.toContain('SP50');
});

it('a second host of a name that has no record yet is refused before it changes anything', async () => {
  const [first, second] = await hosts(2);
  if (first === undefined || second === undefined) throw new Error('no host');
  const remote = await remoteOf(first);
  for (const rig of [first, second]) await useRemote(rig, remote.url);
  await applyLevel(first, 1);
  const { code, stderr } = await applyLevel(second, 2);
  expect(code).toBe(6);
  expect(stderr).toContain('SP5082');
  expect(stderr).toContain('give it another name');
  expect(await second.read(CONF)).toBe('level = 0\n');
});
