import { access } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandGate, filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import type { CliResult } from './rig/setpoint-process.ts';
import { waitForFile } from './rig/wait-for-file.ts';

const CONF = '/etc/app/app.conf';
const APPLY = ['apply', '--auto-approve'] as const;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** Proposes a plan with these gates and runs `args`, which must exit with `code`. */
async function exits(
  code: number,
  gates: readonly string[],
  ...args: readonly string[]
): Promise<CliResult> {
  await rig.workspace.plan('app', filePlan({ gates }));
  await rig.workspace.commit('app');
  return rig.exits(code, ...args);
}

/** One smallest story for each exit code of the contract; the other files tell the details. */
describe('exit code', () => {
  it('0: done, and nothing to do', async () => {
    expect(await exits(0, [], ...APPLY)).toMatchObject({ code: 0 });
    await rig.exits(0, ...APPLY);
  });

  it('1: failed, this plan changed nothing (the state directory is a file)', async () => {
    await rig.put('/var/lib/setpoint', '');
    expect(await exits(1, [], ...APPLY)).toMatchObject({ code: 1 });
    await expect(access(rig.real(CONF))).rejects.toThrow('ENOENT');
  });

  it('2: changes pending', async () => {
    expect(await exits(2, [], 'plan', '--detailed-exitcode')).toMatchObject({ code: 2 });
  });

  it('3: reverted', async () => {
    expect(await exits(3, [redGate('exit 1')], ...APPLY)).toMatchObject({ code: 3 });
  });

  it('4: needs a person (the file was changed while the gate waited)', async () => {
    const gate = redGate(
      `grep foreign ${rig.real(CONF)} || echo foreign > ${rig.real(CONF)}; exit 1`,
      { within: '2s' },
    );
    expect(await exits(4, [gate], ...APPLY)).toMatchObject({ code: 4 });
  });

  it('5: lock not obtained', async () => {
    await rig.workspace.plan(
      'app',
      filePlan({ gates: [commandGate(`touch ${rig.dir}/asked; exit 1`, { within: '60s' })] }),
    );
    await rig.workspace.commit('app');
    const holder = rig.start(...APPLY);
    await Promise.race([waitForFile(`${rig.dir}/asked`), holder.result]);
    await rig.exits(5, ...APPLY, '--lock-timeout', '50ms');
    holder.signal('SIGTERM');
    expect((await holder.result).code).toBe(143);
  });

  it('6: stale (a saved set whose file was edited since)', async () => {
    const set = `${rig.dir}/set.json`;
    expect(await exits(0, [], 'plan', '--out', set)).toMatchObject({ code: 0 });
    await rig.put(CONF, 'someone else was here\n');
    await rig.exits(6, 'apply', set);
  });

  it('7: refused (unhealthy before the change)', async () => {
    expect(await exits(7, [redGate('exit 1', { phases: 'before' })], ...APPLY)).toMatchObject({
      code: 7,
    });
  });

  it('64: usage', async () => {
    expect(await exits(64, [], 'apply', '--no-such-flag')).toMatchObject({ code: 64 });
  });

  it('65: invalid plan file', async () => {
    expect(await exits(65, ['{kind: telepathy}'], ...APPLY)).toMatchObject({ code: 65 });
  });
});
