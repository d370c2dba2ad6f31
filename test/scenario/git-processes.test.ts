import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryResult } from '../../src/operations/looking-back/results.ts';
import { countingGit } from '../unit/git/scratch.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { startSetpoint } from './rig/setpoint-process.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** Git processes are most of what a small plan or apply costs: one more needs a reason. */
it('a plan in sync asks git four times, an apply of one file nine times, a revert nine, status twice', async () => {
  await rig.workspace.plan('app', filePlan({ content: 'level = 1\n' }));
  await rig.workspace.commit('level 1');
  await rig.applied();
  expect(await gitsOf('plan')).toBeLessThanOrEqual(4);
  expect(await gitsOf('status')).toBeLessThanOrEqual(2);
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  expect(await gitsOf('apply', '--auto-approve', '--no-guardian')).toBeLessThanOrEqual(9);
  const { result } = (await rig.setpoint('history', '--json')).json<HistoryResult>();
  const [last] = result.runs;
  const revert = ['revert', last?.run ?? '', '--auto-approve', '--no-guardian'];
  expect(await gitsOf(...revert)).toBeLessThanOrEqual(9);
});

async function gitsOf(...args: readonly string[]): Promise<number> {
  const git = countingGit();
  const { result } = startSetpoint([...args, '--root', rig.root], {
    cwd: rig.workspace.dir,
    env: { ...rig.env, PATH: git.path },
  });
  expect((await result).code).toBe(0);
  return git.calls().length;
}
