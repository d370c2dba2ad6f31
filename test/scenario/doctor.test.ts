import { mkdir, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorResult } from '../../src/operations/results.ts';
import { commandGate, filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { waitForFile } from './rig/wait-for-file.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig({ onDisk: true });
  await rig.put('etc/hostname', 'h1\n');
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('Configure the app');
});
afterEach(() => rig.close());

async function finding(name: string, code = 1): Promise<DoctorResult['findings'][number]> {
  const { result } = (await rig.exits(code, 'doctor', '--json')).json<DoctorResult>();
  const found = result.findings.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`doctor says nothing about ${name}`);
  return found;
}

describe('the audit log', () => {
  it('that is gone while commits name its head is an error', async () => {
    await rig.applied();
    expect(await finding('audit log', 0)).toMatchObject({ verdict: 'ok' });
    await rm(join(rig.stateDir, 'audit.jsonl'));
    expect(await finding('audit log')).toMatchObject({
      verdict: 'error',
      detail: expect.stringContaining('is gone'),
    });
  });

  it('that is sound but another one is an error', async () => {
    await rig.applied();
    const log = join(rig.stateDir, 'audit.jsonl');
    await rename(log, `${log}.aside`);
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('Another level');
    await rig.applied();
    const other = `${log}.other`;
    await rename(log, other);
    await rename(`${log}.aside`, log);
    expect(await finding('audit log')).toMatchObject({
      detail: expect.stringContaining('was replaced or cut'),
    });
    // The log since the first one was set aside is sound, and the newest commit names it.
    await rename(other, log);
    expect(await finding('audit log', 0)).toMatchObject({
      verdict: 'warning',
      detail: expect.stringContaining('began anew'),
    });
  });

  it('that was cut in the middle of its last line is told', async () => {
    await rig.applied();
    const log = join(rig.stateDir, 'audit.jsonl');
    await truncate(log, (await stat(log)).size - 10);
    expect(await finding('audit log', 0)).toMatchObject({
      verdict: 'warning',
      detail: expect.stringContaining('are no whole record'),
    });
  });
});

describe('recorded state that git cannot read', () => {
  it('sends nobody to doctor again, and to no remote that is not there', async () => {
    await rig.applied();
    const branch = join(rig.stateDir, 'state.git/refs/heads/setpoint');
    const [host = '?'] = await readdir(branch);
    await writeFile(join(branch, host), `${'1'.repeat(40)}\n`);
    const found = await finding('recorded state');
    expect(found).toMatchObject({ verdict: 'error', help: expect.stringContaining('backup') });
    expect(found.help).not.toMatch(/setpoint doctor|remote/);
  });

  it('because an object is missing is put back from a backup', async () => {
    await rig.applied();
    await rm(join(rig.stateDir, 'state.git/objects/pack'), { recursive: true });
    const found = await finding('recorded state');
    expect(found.help).toContain('backup of the state directory');
    expect(found.help).not.toMatch(/setpoint doctor|remote/);
  });
});

describe('a host whose name changed', () => {
  it('is refused by every command that reads the record, until it has its name back', async () => {
    await rig.applied();
    await rig.put('etc/hostname', 'h9\n');
    for (const args of [['status'], ['plan'], ['history'], ['apply', '--auto-approve']]) {
      const refused = await rig.exits(6, ...args);
      expect(refused.stderr).toContain('belongs to host h1, not h9');
      expect(refused.stderr).toContain('--host h1');
    }
    expect(await finding('recorded state')).toMatchObject({
      verdict: 'error',
      detail: expect.stringContaining('belongs to host h1, not h9'),
      help: expect.stringContaining('etc/setpoint/host'),
    });
    await rig.put('etc/setpoint/host', 'h1\n');
    expect((await rig.exits(0, 'status')).stdout).toContain('1 file as recorded');
  });

  it('is not recovered under the new name: nothing is restored that could not be recorded', async () => {
    await rig.applied();
    const gate = commandGate(`touch ${rig.dir}/waiting; sleep 30`);
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates: [gate] }));
    await rig.workspace.commit('Another level');
    const running = rig.start('apply', '--auto-approve', '--no-guardian');
    await waitForFile(join(rig.dir, 'waiting'));
    running.signal('SIGKILL');
    await running.result;
    await rig.put('etc/hostname', 'h9\n');
    expect((await rig.exits(6, 'recover')).stderr).toContain('SP5016');
    expect(await rig.read('etc/app/app.conf')).toBe('level = 2\n');
    await rig.exits(3, 'recover', '--host', 'h1');
    expect(await rig.read('etc/app/app.conf')).toBe('level = 1\n');
  });
});

describe('staged files', () => {
  it.each([
    ['', 'etc/app/.setpoint-stage-01JC0000000000000000000001'],
    [' that moved with its directory', 'etc/app.moved/.setpoint-stage-01JC0000000000000000000001'],
    [' of an earlier version', 'etc/app/.setpoint-stage/01JC0000000000000000000001'],
  ])('of a run%s without a journal are named with the command that removes them', async (_, at) => {
    await rig.applied();
    const left = join(rig.root, at);
    await mkdir(left, { recursive: true, mode: 0o700 });
    await writeFile(join(left, '0.old'), 'level = 0\n');
    expect(await finding('staged files', 0)).toMatchObject({
      verdict: 'warning',
      detail: expect.stringContaining(left),
      help: expect.stringContaining(`rm -r -- ${left}`),
    });
  });
});

describe('the first apply below a root without /var', () => {
  it('makes ordinary parents and a private state directory', async () => {
    await rm(join(rig.root, 'var'), { recursive: true });
    await rig.applied();
    const modes = await Promise.all(
      ['var', 'var/lib', 'var/lib/setpoint', 'var/lib/setpoint/state.git'].map(
        async (path) => (await stat(join(rig.root, path))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o755, 0o755, 0o700, 0o700]);
  });
});
