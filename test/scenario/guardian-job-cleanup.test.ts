/** What a CI runner does to a job that is over, done to a job whose last step is an apply that waits for a gate. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHolders } from '../../src/host/lock-holders.ts';
import { CONF, lockFile, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { commandGate, filePlan } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';
import { waitForFile } from './rig/wait-for-file.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

/** Variables by which runners find what a job left running: Actions, Jenkins, Azure Pipelines, GitLab. */
function jobVariables(id: string): Record<string, string> {
  return {
    RUNNER_TRACKING_ID: id,
    BUILD_ID: id,
    JENKINS_NODE_COOKIE: id,
    HUDSON_SERVER_COOKIE: id,
    VSTS_PROCESS_LOOKUP_ID: id,
    CI_JOB_ID: id,
  };
}

/** A copy of setpoint inside the job's own directory, which goes with the job. */
async function installInJob(): Promise<string> {
  const installed = join(rig.dir, 'workspace/.tools/setpoint');
  await mkdir(installed, { recursive: true });
  for (const name of ['bin', 'dist', 'package.json', 'oclif.manifest.json']) {
    await cp(join(TOP, name), join(installed, name), { recursive: true });
  }
  await symlink(join(TOP, 'node_modules'), join(installed, 'node_modules'));
  return join(installed, 'bin/run.js');
}

/** Every process with the job's id in its environment, and the job's process group. */
function killJob(job: ChildProcess, id: string): void {
  for (const pid of readdirSync('/proc').map(Number)) {
    if (pid > 1 && pid !== process.pid && environmentOf(pid).includes(id)) {
      process.kill(pid, 'SIGKILL');
    }
  }
  try {
    process.kill(-(job.pid ?? 0), 'SIGKILL');
  } catch {
    // Its last process had the id.
  }
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'latin1');
  } catch {
    return '';
  }
}

it('kills, closes and wipes everything of the job: the run is taken back all the same', async () => {
  const entry = await installInJob();
  await rig.workspace.write(
    'gate.sh',
    `#!/bin/sh\ntouch "${rig.dir}/asked-$(cat "$1")"\ntest "$(cat "$1")" = 'level = 1'\n`,
    0o755,
  );
  const gate = `{kind: command, run: [./gate.sh, ${rig.real(CONF)}], within: 60s, every: 50ms, successes: 1}`;
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates: [gate] }));
  await rig.workspace.git('add', 'gate.sh', 'plans');
  await rig.workspace.git('commit', '--quiet', '--message', 'level 2');
  const id = `job-${String(process.pid)}-${rig.dir}`;
  const job = spawn(process.execPath, [entry, 'apply', '--auto-approve', '--root', rig.root], {
    cwd: rig.workspace.dir,
    env: { ...rig.env, ...jobVariables(id) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => job.once('exit', resolve));
  await waitForFile(`${rig.dir}/asked-level = 2`);
  job.stdout.destroy();
  job.stderr.destroy();
  killJob(job, id);
  await ended;
  await rm(rig.workspace.dir, { recursive: true, force: true });
  await lockIsFree(rig);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  expect(await readdir(`${rig.stateDir}/journal`)).toEqual([]);
  const [newest] = (await rig.stateLog()).slice(0, 1);
  expect(newest).toMatch(/revert/i);
});

it('shows nothing of the job in the environment, the working directory and the parents of the guardian', async () => {
  const wait = commandGate(`touch ${rig.dir}/asked; test -e ${rig.dir}/open`, { within: '60s' });
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates: [wait] }));
  await rig.workspace.commit('level 2');
  const id = `job-${String(process.pid)}-${rig.dir}`;
  const running = spawnApply(id);
  await waitForFile(`${rig.dir}/asked`);
  const [guardian = 0] = lockHolders(lockFile(rig)).filter((pid) => pid !== running.pid);
  const names = environmentOf(guardian)
    .split('\0')
    .map((line) => line.split('=')[0]);
  const harmless = ['', 'HOME', 'LANG', 'PATH', 'PWD'];
  expect(names.filter((name) => !harmless.includes(name ?? ''))).toEqual([]);
  const stat = await readFile(`/proc/${String(guardian)}/stat`, 'utf8');
  const [, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  expect([parent, group, session]).not.toContain(String(running.pid));
  await rig.mark('open');
  await new Promise((resolve) => running.once('exit', resolve));
});

function spawnApply(id: string): ChildProcess {
  const entry = join(TOP, 'bin/run.js');
  return spawn(process.execPath, [entry, 'apply', '--auto-approve', '--root', rig.root], {
    cwd: rig.workspace.dir,
    env: { ...rig.env, ...jobVariables(id) },
    stdio: 'ignore',
  });
}
