import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyInGateWait, CONF, guardianOf, lockIsFree } from './rig/gate-wait.ts';
import { createRig, type Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.put('/etc/setpoint/host', 'h1\n');
  await rig.put(CONF, 'level = 1\n');
  // The first run of this host: no branch says yet whose record it is.
  const running = await applyInGateWait(rig);
  process.kill(guardianOf(rig, running), 'SIGKILL');
  running.signal('SIGKILL');
  await running.result;
  await lockIsFree(rig);
  await rig.put('/etc/setpoint/host', 'h2\n');
});
afterEach(() => rig.close());

function branches(): string {
  const format = ['for-each-ref', '--format=%(refname)'];
  return execFileSync('git', ['--git-dir', `${rig.stateDir}/state.git`, ...format], {
    encoding: 'utf8',
    env: rig.env,
  });
}

it.each([
  ['recover', ['recover']],
  ['recover --dry-run', ['recover', '--dry-run', '--host', 'h2']],
  ['recover with a choice', ['recover', '--keep-live', '--reason', 'x']],
  ['the next apply', ['apply', '--auto-approve']],
])(
  '%s under another name touches nothing of a first run that is open, and names the one it was begun under',
  async (_, words) => {
    const { stdout, stderr } = await rig.exits(6, ...words);
    const [run = ''] = readdirSync(`${rig.stateDir}/journal`).map((name) => name.slice(0, -5));
    expect(stdout + stderr).toMatch(/SP5016.*was begun on host h1, not h2/);
    expect(stdout + stderr).toContain(`setpoint recover ${run} --root ${rig.root} --host h1`);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect(branches()).toBe('');
    await rig.exits(3, 'recover', '--host', 'h1');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(branches()).toBe('refs/heads/setpoint/h1\n');
    await rig.exits(6, 'status');
  },
);
