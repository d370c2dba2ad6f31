import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type {
  ApplyResult,
  RecoverResult,
  StateVerifyResult,
} from '../../src/operations/results.ts';
import { applyInGateWait, lockIsFree } from './rig/gate-wait.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { applyLevel, bareRemote, CONF, stateGit } from './rig/state-remote.ts';
import { startSshAgent } from './rig/ssh-agent.ts';
import { applyToConfirm, guardianWaits } from './rig/waiting-run.ts';

const BRANCH = 'setpoint/cp-1';

let rig: Rig;
let key: string;
beforeEach(async () => {
  rig = await createRig();
  key = join(rig.dir, 'signing');
  // With ECDSA no two signatures of one text are alike: whoever signs a promised commit again makes another one.
  execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', key]);
  const { url } = await bareRemote(rig);
  const state = `{remote: ${JSON.stringify(url)}, signingKey: ${key}, allowedSigners: signers}`;
  await rig.workspace.write('setpoint.yaml', `name: platform\nstate: ${state}\n`);
  const allowed = `setpoint@cp-1 ${readFileSync(`${key}.pub`, 'utf8')}`;
  await rig.workspace.write('signers', allowed);
  await rig.workspace.commit('signed state');
  await rig.put(CONF, 'level = 0\n');
});
afterEach(() => rig.close());

async function signatures(code = 0): Promise<StateVerifyResult['signatures']> {
  const verified = await rig.exits(code, 'state', 'verify', '--json');
  return verified.json<StateVerifyResult>().result.signatures;
}

async function killed(...args: readonly string[]): Promise<void> {
  const running = await applyInGateWait(rig, ...args);
  running.signal('SIGKILL');
  await running.result;
  await lockIsFree(rig);
}

it('every commit is signed, by whoever settles: applied, taken back by a guardian, confirmed, seen, adopted', async () => {
  // Whoever signs needs the agent for that, the guardian too.
  execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'secret', '-f', key]);
  const agent = startSshAgent(rig.dir, key, 'secret');
  onTestFinished(agent.close);
  Object.assign(rig.env, { SSH_AUTH_SOCK: agent.socket });
  expect((await applyLevel(rig, 1, '--json')).json<ApplyResult>().diagnostics).toEqual([]);
  await rig.put(CONF, 'level = 1\n# by somebody else\n');
  await killed();
  const run = await applyToConfirm(rig, 3);
  await guardianWaits(rig, run);
  await rig.exits(0, 'confirm');
  await rig.put(CONF, 'level = 4\n');
  await rig.exits(2, 'drift', '--record');
  expect(await signatures()).toEqual({ signed: 6, unsigned: 0, checked: true });
  rmSync(join(rig.stateDir), { recursive: true });
  await rig.exits(0, 'state', 'adopt');
  expect(await signatures()).toMatchObject({ signed: 7, unsigned: 0 });
  const allowed = join(rig.workspace.dir, 'signers');
  await stateGit(rig, '-c', `gpg.ssh.allowedSignersFile=${allowed}`, 'verify-commit', BRANCH);
  expect((await rig.exits(0, 'state', 'verify')).stdout).toContain('7 commits signed, 0 not');
});

it('a key that cannot be used refuses an apply before anything is changed', async () => {
  rmSync(key);
  const { code, stderr } = await applyLevel(rig, 1, '--new-host');
  expect(code).toBe(7);
  expect(stderr).toMatch(/SP5095.*signing: /);
  expect(await rig.read(CONF)).toBe('level = 0\n');
  expect(await rig.stateLog().catch(() => [])).toEqual([]);
});

it('a run whose key is gone when it is settled is recorded without a signature, with a warning', async () => {
  await applyLevel(rig, 1);
  await killed('--no-guardian');
  rmSync(key);
  const recovered = (await rig.exits(3, 'recover', '--json')).json<RecoverResult>();
  expect(recovered.diagnostics.map(({ code }) => code)).toContain('SP5094');
  expect(await signatures()).toEqual({ signed: 1, unsigned: 2, checked: true });
});

it('a signature by somebody who is not allowed is told', async () => {
  await applyLevel(rig, 1);
  writeFileSync(join(rig.workspace.dir, 'signers'), 'nobody@example.org ssh-ed25519 AAAA\n');
  const { stderr } = await rig.exits(1, 'state', 'verify');
  expect(stderr).toMatch(/SP5096.*1 signature is not accepted/);
});
