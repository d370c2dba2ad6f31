import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { HostPath } from '../../../../src/model/brand.ts';
import { countingGit, plainGit } from '../scratch.ts';
import {
  HOST,
  change,
  commitChange,
  commitSpec,
  fileChange,
  managed,
  newState,
} from '../state-samples.ts';

const JOBS = '/etc/app/jobs \u00fc.yaml' as HostPath;
const OTHER = '/etc/app/other.yaml' as HostPath;

test('the record of one file is read without the others, once a commit, and anew when somebody recorded', async () => {
  const git = countingGit();
  const state = newState({ searchPath: git.path });
  expect(await state.managedFile(JOBS)).toBeNull();
  const many = Array.from({ length: 50 }, (_, i) => `/srv/d${i}/file`);
  const head = await commitChange(state, change(JOBS, ...many));
  const before = git.calls().length;
  expect(await state.managedFile(JOBS)).toEqual(managed(JOBS));
  expect(await state.managedFile(JOBS)).toEqual(managed(JOBS));
  expect(git.calls().length).toBe(before + 1);
  expect(await state.managedFile(OTHER)).toBeNull();
  expect(await state.managedFile('/etc/app' as HostPath)).toBeNull();
  // Another process: nothing of it is in this one's memory.
  const elsewhere = newState({ stateDir: state.dir.replace(/\/state\.git$/, '') });
  await commitChange(elsewhere, { files: [fileChange(OTHER, 'b\n')], plans: [] }, head);
  expect(await state.managedFile(OTHER)).toEqual(managed(OTHER, 'b\n'));
  expect(await state.managedFile(JOBS)).toEqual((await state.load()).files.get(JOBS));
});

test.each([
  ['its folder is missing', 'managed', '040000 tree'],
  ['the host is not told', 'host.json', null],
])('no damage is taken for a file that nobody manages: %s', async (_, name, missing) => {
  const state = newState();
  const head = await commitChange(state, change(JOBS));
  const lines = plainGit(state.dir, 'ls-tree', head).split('\n');
  const kept = lines.filter((line) => line !== '' && !line.endsWith(`\t${name}`));
  if (missing !== null) kept.push(`${missing} ${'1'.repeat(40)}\t${name}`);
  const args = [`--git-dir=${state.dir}`, 'mktree', '--missing'];
  const tree = execFileSync('git', args, { input: `${kept.join('\n')}\n`, encoding: 'utf8' });
  const spec = commitSpec(tree.trim(), head);
  const broken = plainGit(state.dir, 'commit-tree', tree.trim(), '-p', head, '-m', spec.message);
  plainGit(state.dir, 'update-ref', `refs/heads/setpoint/${HOST}`, broken.trim());
  await expect(state.managedFile(JOBS)).rejects.toMatchObject({ exitCode: 1 });
  await expect(state.managedFile(OTHER)).rejects.toMatchObject({ exitCode: 1 });
});
