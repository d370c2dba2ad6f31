import { afterEach, expect, it } from 'vitest';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
afterEach(() => rig.close());

it('a command in the process of a test answers as one in its own, and gives the process back as it was', async () => {
  rig = await createRig();
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('app');
  const { stdout, stderr, env, exitCode } = process;
  const cwd = process.cwd();
  const listeners = process.listenerCount('SIGINT');
  for (const args of [['plan', '--detailed-exitcode'], ['plan', '--jsn'], ['apply'], ['status']]) {
    const here = await rig.setpoint(...args);
    const there = await rig.start(...args).result;
    expect(here).toEqual({ ...there, json: expect.any(Function) });
  }
  expect(process).toMatchObject({ stdout, stderr, env, exitCode });
  expect(process.cwd()).toBe(cwd);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});
