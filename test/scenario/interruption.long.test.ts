import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, RecoverResult, StatusResult } from '../../src/operations/results.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { filePlan, redGate } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';
import type { SetpointProcess } from './rig/setpoint-process.ts';
import { applyInGateWait as gateWait, CONF } from './rig/gate-wait.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

const applyInGateWait = (...args: readonly string[]): Promise<SetpointProcess> =>
  gateWait(rig, ...args);

describe('a signal during the gate wait', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s reverts and exits %i', async (signal, code) => {
    const running = await applyInGateWait();
    running.signal(signal);
    expect(await running.result).toMatchObject({ code });
    expect(await rig.read(CONF)).toBe('level = 1\n');
    const status = (await rig.setpoint('status', '--json')).json<StatusResult>().result;
    expect(status.openRuns).toEqual([]);
  });
});

it('the exit code is in the result too, and its problems name commands with the flags given', async () => {
  const running = await applyInGateWait('--json');
  running.signal('SIGINT');
  const answer = await running.result;
  const { result, diagnostics } = answer.json<ApplyResult>();
  expect([answer.code, result.exitCode]).toEqual([130, 130]);
  expect(result.problems).toEqual(diagnostics);
});

describe('an applier without a guardian killed with SIGKILL during the gate wait', () => {
  it.each([
    ['apply', ['apply', '--auto-approve']],
    ['recover', ['recover']],
  ])('is settled by the next %s: old bytes, exit 3, its own work not begun', async (_, args) => {
    const running = await applyInGateWait('--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    expect(await rig.read(CONF)).toBe('level = 2\n');
    const result = await rig.exits(3, ...args, '--json');
    const { recovered } = result.json<ApplyResult | RecoverResult>().result;
    expect(recovered.map((run) => run.outcome)).toEqual(['reverted']);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('is shown by status as an open run before it is settled', async () => {
    const running = await applyInGateWait('--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    const status = (await rig.setpoint('status', '--json')).json<StatusResult>().result;
    expect(status.openRuns.map((run) => run.plan)).toEqual(['app']);
  });

  it('leaves nothing behind once it is settled', async () => {
    const running = await applyInGateWait('--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    await rig.exits(3, 'recover');
    await rig.exits(0, 'recover');
    expect(await readdir(rig.real('/etc/app'))).toEqual(['app.conf']);
    expect((await readdir(rig.root)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('two applies at once', () => {
  it('the second waits for the first and finds its work done', async () => {
    const first = await applyInGateWait();
    const second = rig.start('apply', '--auto-approve', '--json', '--lock-timeout', '30s');
    await rig.mark('open');
    expect(await first.result).toMatchObject({ code: 0 });
    const result = await second.result;
    expect(result).toMatchObject({ code: 0 });
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });

  it('the second exits 5, naming the holder, when the first takes too long', async () => {
    const first = await applyInGateWait();
    const second = await rig.exits(5, 'apply', '--auto-approve', '--lock-timeout', '200ms');
    expect(second.stderr).toContain(String(first.pid));
    await rig.mark('open');
    expect(await first.result).toMatchObject({ code: 0 });
  });

  it('plan and status need no lock', async () => {
    const first = await applyInGateWait();
    await rig.exits(0, 'plan');
    await rig.exits(0, 'status');
    await rig.mark('open');
    expect(await first.result).toMatchObject({ code: 0 });
  });
});

describe('a foreign edit during the gate wait', () => {
  it('that a revert cannot undo needs a person: exit 4, the foreign bytes stay, later applies are refused', async () => {
    const running = await applyInGateWait();
    await rig.put(CONF, 'foreign\n');
    running.signal('SIGTERM');
    const result = await running.result;
    expect(result).toMatchObject({ code: 4 });
    expect(await rig.read(CONF)).toBe('foreign\n');
    expect(result.stderr).toContain(CONF);
    await rig.exits(7, 'apply', '--auto-approve');
    expect(await rig.read(CONF)).toBe('foreign\n');
  });

  it('found by the gate itself exits 4; the manual commands settle it', async () => {
    await rig.workspace.plan(
      'app',
      filePlan({
        content: 'level = 2\n',
        gates: [
          redGate(`grep foreign ${rig.real(CONF)} || echo foreign > ${rig.real(CONF)}; exit 1`, {
            within: '2s',
          }),
        ],
      }),
    );
    await rig.workspace.commit('level 2');
    const result = await rig.exits(4, 'apply', '--auto-approve', '--json');
    const [run] = result.json<ApplyResult>().result.runs;
    expect(run).toMatchObject({ outcome: 'revert-failed' });
    expect(await rig.read(CONF)).toBe('foreign\n');
    await rig.exits(4, 'recover');
    const commands = run?.manualCommands ?? [];
    const kept = `${rig.stateDir}/runs/${run?.run ?? ''}/foreign/0`;
    expect(commands[0]).toContain(kept);
    expect(await readFile(kept, 'utf8')).toBe('foreign\n');
    const recover = commands.at(-1);
    await promisify(execFile)('sh', ['-ec', commands.slice(0, -1).join('\n')]);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(recover).toBe(`setpoint recover --root ${rig.root} --host cp-1`);
    await rig.exits(3, 'recover');
    await rig.exits(0, 'recover');
  });
});
