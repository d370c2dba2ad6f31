import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryResult } from '../../src/operations/results.ts';
import { filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function propose(
  plan: string,
  path: string,
  content: string,
  gate?: string,
): Promise<string> {
  const gates = gate === undefined ? [] : [gate];
  await rig.workspace.plan(plan, filePlan({ path, content, gates }));
  return rig.workspace.commit(`${plan} ${content}`);
}

async function history(...args: readonly string[]): Promise<readonly string[]> {
  const { result } = (await rig.exits(0, 'history', '--json', ...args)).json<HistoryResult>();
  return result.runs.map(({ outcome, plan, commits }) => `${outcome} ${plan} ${commits.length}`);
}

it('history lists runs, attempt and revert as one, of everything, of one plan or of one file', async () => {
  const commit = await propose('alpha', A, 'one\n');
  await rig.applied();
  await propose('beta', B, 'one\n');
  await rig.applied();
  await propose('beta', B, 'two\n', redGate('exit 1'));
  await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
  await rig.put(A, 'by hand\n');
  await propose('alpha', A, 'three\n');
  await rig.applied('alpha');

  const all = ['applied alpha 2', 'reverted beta 2', 'applied beta 1', 'applied alpha 1'];
  expect(await history()).toEqual(all);
  expect(await history('--limit', '3')).toEqual(all.slice(0, 3));
  expect(await history('beta')).toEqual(['reverted beta 2', 'applied beta 1']);
  expect(await history(`/etc/app/../app/a.conf`)).toEqual(['applied alpha 2', 'applied alpha 1']);
  const { stdout } = await rig.exits(0, 'history', A, '--limit', '1');
  expect(stdout).toMatch(/applied +alpha +[0-9a-f]{12} +01\w{24} /);
  expect(stdout).toContain(`Older ones: setpoint history --root ${rig.root} ${A} --limit 2`);
  expect((await rig.exits(0, 'history', 'alpha')).stdout).toContain(commit.slice(0, 12));
});

it('history of a name that it does not know is a usage error that tells what may be meant', async () => {
  await propose('alpha', A, 'one\n');
  await rig.applied();
  expect((await rig.exits(64, 'history', 'alhpa')).stderr).toContain('did you mean "alpha"?');
  const file = await rig.exits(64, 'history', '/etc/app/a.cnf');
  expect(file.stderr).toContain(`did you mean "${A}"?`);
  const { stderr } = await rig.exits(64, 'history', 'etc/else');
  expect(stderr).toContain('the history of this host knows no plan etc/else');
  expect(stderr).toContain('a managed file by its absolute path');
});

it('history of a file that was given back still has its runs', async () => {
  await propose('alpha', A, 'one\n');
  await rig.applied();
  await rig.workspace.remove('plans/alpha.yaml');
  await rig.workspace.commit('drop it');
  await rig.applied();
  expect(await history(A)).toEqual(['applied alpha 1', 'applied alpha 1']);
});
