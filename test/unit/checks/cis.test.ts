import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCheck } from '../../../src/checks/create-check.ts';
import type { ProcessInfo } from '../../../src/host/ports.ts';
import type { HostPath, RealPath } from '../../../src/model/brand.ts';
import type { CisCheck } from '../../../src/model/check.ts';
import { contextWith, ms, plainRoot } from './check-world.ts';

const SPEC: CisCheck = {
  kind: 'cis',
  version: 'cis-1.12',
  row: '1.2.15',
  path: '/api.yaml' as HostPath,
  container: null,
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setpoint-cis-'));
  await mkdir(dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function asked(
  command: string,
  argvs: readonly (readonly string[])[] = [],
  whole = false,
  spec = SPEC,
): Promise<{ good: boolean; detail: string }> {
  await writeFile(join(dir, 'api.yaml'), `kind: Pod\nspec:\n  containers:\n  - ${command}\n`);
  const list = argvs.map((argv, index): ProcessInfo => {
    return { pid: index + 10, ppid: 1, argv, startTime: '1' };
  });
  const root = { ...plainRoot(dir), ...(whole ? { dir: '/' as RealPath } : {}) };
  const context = contextWith({ root, processes: { list: () => Promise.resolve(list) } });
  const check = createCheck(spec, context, { timeout: ms(1000) });
  return check.attempt(new AbortController().signal);
}

const GOOD = ['kube-apiserver', '--profiling=false'];
const OLD = ['kube-apiserver', '--secure-port=6443'];

it('a row is good where the manifest and its process pass it, and says which was seen', async () => {
  const command = 'command: [kube-apiserver, --profiling=false]';
  expect(await asked(command)).toMatchObject({ good: true });
  const both = await asked(command, [GOOD]);
  expect(both.good).toBe(true);
  expect(both.detail).toContain('manifest and pid 10');
});

it('a row is red where the manifest fails it', async () => {
  const answer = await asked('command: [kube-apiserver]');
  expect(answer.good).toBe(false);
  expect(answer.detail).toContain('--profiling is not given');
});

it('a row is red while the machine still runs the old arguments; under another root its processes are none of ours', async () => {
  const command = 'command: [kube-apiserver, --profiling=false]';
  expect(await asked(command, [OLD], true)).toMatchObject({ good: false });
  expect(await asked(command, [OLD], false)).toMatchObject({ good: true });
});

it('what cannot be told is no pass', async () => {
  const shell = 'name: kube-apiserver\n    command: [sh, -c, exec kube-apiserver]';
  expect(await asked(shell)).toMatchObject({ good: false });
  const other = { ...SPEC, version: 'cis-9.9' };
  expect(await asked('command: [kube-apiserver]', [], false, other)).toMatchObject({ good: false });
});
