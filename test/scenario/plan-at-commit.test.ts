import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlanResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
let first: string;

beforeEach(async () => {
  rig = await createRig();
  await rig.workspace.write('files/app.conf', 'level = 1\n');
  await rig.workspace.plan('app', filePlan().replace(/content: .*/, 'source: files/app.conf'));
  first = await rig.workspace.commit('one');
  await rig.workspace.write('files/app.conf', 'level = 2\n');
  await rig.workspace.commit('two');
});
afterEach(() => rig.close());

async function planned(...args: readonly string[]): Promise<PlanResult['set']> {
  return (await rig.exits(0, 'plan', ...args, '--json')).json<PlanResult>().result.set;
}

it('another commit is planned as from a checkout of it, and working tree and index stay as they are', async () => {
  await rig.workspace.git('checkout', '--quiet', first);
  const { digest } = await planned();
  await rig.workspace.git('checkout', '--quiet', 'main');
  await rig.workspace.write('files/app.conf', 'staged\n');
  await rig.workspace.git('add', '--all');
  await rig.workspace.write('files/app.conf', 'not committed\n');
  const before = await rig.workspace.git('status', '--porcelain=v2');
  const set = await planned('--ref', 'HEAD~1');
  expect(set).toMatchObject({ digest, meta: { commit: first, dirty: [] } });
  expect(await rig.workspace.git('status', '--porcelain=v2')).toBe(before);
  expect(await rig.workspace.git('diff')).toContain('+not committed');
  const { stdout } = await rig.exits(0, 'plan', '--ref', first);
  expect(stdout).toMatch(new RegExp(`Next: in a checkout of ${first}: setpoint apply`));
});

it('what is no commit, or one without the workspace, is said: exit 64', async () => {
  expect((await rig.exits(64, 'plan', '--ref', 'nowhere')).stderr).toContain('SP5032');
  expect((await rig.exits(64, 'plan', '--ref', '--all')).stderr).toContain('SP');
  await rig.workspace.git('checkout', '--quiet', '--orphan', 'other');
  await rig.workspace.git('rm', '--quiet', '--cached', '-r', '.');
  await rig.workspace.git('commit', '--quiet', '--allow-empty', '--message', 'empty');
  await rig.workspace.git('branch', 'empty');
  await rig.workspace.git('checkout', '--quiet', '--force', 'main');
  const { stderr } = await rig.exits(64, 'plan', '--ref', 'empty');
  expect(stderr).toContain('has no setpoint.yaml');
});
