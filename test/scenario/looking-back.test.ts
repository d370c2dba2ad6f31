import { access, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSetDigest } from '../../src/plan/change-set/assemble.ts';
import type { ChangeSet } from '../../src/model/change-set.ts';
import type { RunResult, StatusResult } from '../../src/operations/results.ts';
import { commandGate, filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { waitForFile } from './rig/wait-for-file.ts';

const CONF = '/etc/app/app.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function propose(...gates: readonly string[]): Promise<void> {
  await rig.workspace.plan('app', filePlan({ gates }));
  await rig.workspace.commit('app');
}

async function lastRun(): Promise<string> {
  const runs = (await readdir(join(rig.stateDir, 'runs'))).sort();
  return runs.at(-1) ?? '';
}

describe('history show finds a run by its report', () => {
  it('when it was refused before it wrote', async () => {
    await propose(redGate('exit 1', { phases: 'before' }));
    await rig.exits(7, 'apply', '--auto-approve');
    const run = await lastRun();
    const { result } = (await rig.exits(0, 'history', 'show', run, '--json')).json<RunResult>();
    expect(result).toMatchObject({ entries: [], diff: '', report: { run, outcome: 'failed' } });
    const shown = await rig.exits(0, 'history', 'show', run.slice(0, 20).toLowerCase());
    expect(shown.stdout).toContain('app  failed');
  });

  it('when its revert failed, with what a person has to do', async () => {
    const foreign = `grep foreign ${rig.real(CONF)} || echo foreign > ${rig.real(CONF)}; exit 1`;
    await propose(redGate(foreign, { within: '2s' }));
    await rig.exits(4, 'apply', '--auto-approve');
    const shown = await rig.exits(0, 'history', 'show', await lastRun());
    expect(shown.stdout).toContain('app  revert-failed');
    expect(shown.stdout).toContain('By hand, for app:');
  });

  it('and refuses a beginning that several runs have', async () => {
    await propose(redGate('exit 1', { phases: 'before' }));
    await rig.exits(7, 'apply', '--auto-approve');
    await propose();
    await rig.applied();
    const ran = await rig.exits(64, 'history', 'show', '01');
    expect(ran.stderr).toContain('the beginning of several runs');
    await rig.exits(64, 'history', 'show', '..');
  });
});

describe('history show tells of a run', () => {
  it('that was taken back: who, what was overridden, gates with times, attempt and revert, audit rows', async () => {
    await propose();
    await rig.applied();
    await rig.workspace.plan(
      'app',
      filePlan({ content: 'level = 2\n', gates: [redGate('exit 1')] }),
    );
    await rig.exits(3, 'apply', '--auto-approve', '--allow-dirty');
    const run = await lastRun();
    const head = await rig.workspace.git('rev-parse', 'HEAD');
    const { result } = (await rig.exits(0, 'history', 'show', run, '--json')).json<RunResult>();
    expect(result.entries.map(({ status }) => status)).toEqual(['attempted', 'reverted']);
    expect(result.facts).toMatchObject({ outcome: 'reverted', overrides: ['allow-dirty'] });
    expect(result.audit.map(({ event }) => event)).toEqual(['run-started', 'run-ended']);
    const { stdout } = await rig.exits(0, 'history', 'show', run);
    expect(stdout).toMatch(
      new RegExp(
        `by \\S+, plan commit ${head.slice(0, 12)}\\+dirty, 20\\S+Z, [\\d.]+ m?s, setpoint `,
      ),
    );
    expect(stdout).toContain('\n  override allow-dirty\n');
    expect(stdout).toMatch(/red +after +\S+ +[\d.]+ m?s/);
    expect(stdout).toMatch(/audit \d+ +20\S+Z +run-ended +reverted/);
    expect(stdout).toContain('+level = 2\n');

    await rm(join(rig.stateDir, 'runs', run, 'report.json'));
    const bare = (await rig.exits(0, 'history', 'show', run)).stdout;
    expect(bare).toMatch(/app {2}reverted\n {2}run .*\n {2}by /);
    expect(bare).toMatch(/red +after +\S+ +[\d.]+ m?s/);
    expect(bare).toContain('No report of this run is left');
  });

  it('and warns when its audit row was changed', async () => {
    await propose();
    await rig.applied();
    const log = join(rig.stateDir, 'audit.jsonl');
    const text = await readFile(log, 'utf8');
    await writeFile(log, text.replace('"run-started"', '"run-begun"'));
    const shown = await rig.exits(0, 'history', 'show', await lastRun());
    expect(shown.stderr).toMatch(/warning\[SP5051\].*line 1 names this run/);
  });
});

describe('status while a run goes on', () => {
  it('names the living process and does not send anyone to recover', async () => {
    await propose(commandGate(`touch ${rig.dir}/asked; exit 1`, { within: '60s' }));
    const running = rig.start('apply', '--auto-approve', '--no-guardian');
    await Promise.race([waitForFile(`${rig.dir}/asked`), running.result]);
    const shown = await rig.exits(0, 'status');
    expect(shown.stdout).toContain(`running: pid ${running.pid} (setpoint apply) since `);
    expect(shown.stdout).not.toMatch(/open run|recover/);
    const { result } = (await rig.exits(0, 'status', '--json')).json<StatusResult>();
    expect(result.holder).toMatchObject({ pid: running.pid, command: 'setpoint apply' });
    running.signal('SIGKILL');
    await running.result;
    expect((await rig.exits(0, 'status')).stdout).toContain('Next: setpoint recover');
  });
});

describe('a saved change set', () => {
  it('is not saved into a directory that is not there', async () => {
    await propose();
    const ran = await rig.exits(64, 'plan', '--out', `${rig.dir}/none/x.json`);
    expect(ran.stderr).toContain(`${rig.dir}/none is not there`);
    await expect(access(`${rig.dir}/none`)).rejects.toThrow('ENOENT');
  });

  it('of a plan that is not there any more is stale, not a wrong command line', async () => {
    await propose();
    const file = join(rig.dir, 'set.json');
    await rig.exits(0, 'plan', '--out', file);
    const saved = JSON.parse(await readFile(file, 'utf8')) as ChangeSet;
    const edited = { ...saved, request: { ...saved.request, plans: ['gone' as never] } };
    await writeFile(file, JSON.stringify({ ...edited, digest: changeSetDigest(edited) }));
    const ran = await rig.exits(6, 'apply', file);
    expect(ran.stderr).toContain('no plan gone for this host');
  });
});
