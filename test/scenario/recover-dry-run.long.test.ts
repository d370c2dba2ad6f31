import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, LocksResult, RecoverResult } from '../../src/operations/results.ts';
import { applyInGateWait, CONF, lockFile, lockIsFree } from './rig/gate-wait.ts';
import { applyKilledAt, NO_STRACE } from './rig/killed-at.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { treeSnapshot } from './rig/tree-snapshot.ts';
import { lockHolders } from '../../src/host/lock-holders.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
  await rig.applied();
});
afterEach(() => rig.close());

/** What is shown, after proof that showing it changed nothing below the root. */
async function dryRun(): Promise<{ readonly text: string; readonly result: RecoverResult }> {
  const before = await treeSnapshot(rig.root);
  const text = (await rig.exits(0, 'recover', '--dry-run')).stdout;
  const { result } = (await rig.exits(0, 'recover', '--dry-run', '--json')).json<RecoverResult>();
  expect(await treeSnapshot(rig.root)).toEqual(before);
  return { text, result };
}

it('during a live apply a dry run tells who works on which run, and offers no recovery', async () => {
  const running = await applyInGateWait(rig);
  const text = (await rig.exits(0, 'recover', '--dry-run')).stdout;
  const lock = (await rig.exits(0, 'locks', '--json')).json<LocksResult>().result.run.holder;
  expect(text).toContain(
    `running: pid ${String(running.pid)} (setpoint apply) since ${String(lock?.since)}\n  run ${String(lock?.run)} of app\n`,
  );
  expect(text).not.toMatch(/left open|setpoint recover/);
  expect(text).toContain('Nothing to recover: a command is at work.');
  const { result } = (await rig.exits(0, 'recover', '--dry-run', '--json')).json<RecoverResult>();
  expect(result.leftOpen).toEqual([]);
  expect(result.running).toMatchObject({
    holder: { pid: running.pid, command: 'setpoint apply' },
    runs: [{ run: lock?.run, plan: 'app' }],
  });
  expect((await rig.setpoint('doctor')).stdout).toContain(
    `open runs: at work: ${String(lock?.run)}`,
  );
  await rig.mark('open');
  await running.result;
});

describe('of a run whose applier was killed', () => {
  it('and whose kept old file is gone, that taking it back fails, as it then does', async () => {
    const running = await applyInGateWait(rig, '--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    const [stage = '?'] = (await dryRun()).result.leftOpen[0]?.prospect?.removes ?? [];
    rmSync(`${stage}/0.old`);
    const { text } = await dryRun();
    expect(text).toContain(`fails as things are: the kept old copy ${stage}/0.old is gone`);
    expect(text).not.toContain('the old one is put in its place');
    expect((await rig.exits(4, 'recover')).stdout).toContain('0.old is gone');
  });

  it('before its decision, that it is taken back, with its files', async () => {
    const running = await applyInGateWait(rig, '--no-guardian');
    running.signal('SIGKILL');
    await running.result;
    await lockIsFree(rig);
    const { text, result } = await dryRun();
    const run = result.leftOpen[0]?.run ?? '?';
    expect(text).toContain(`run ${run} of app was left open: it is not decided to keep it`);
    expect(text).toContain('takes it back: the old files return');
    expect(text).toContain(`${CONF} is the new version: the old one is put in its place`);
    expect(text).toMatch(/nothing was written\. Next: setpoint recover/);
    const locks = (await rig.exits(0, 'locks')).stdout;
    expect(locks).toContain(`open run ${run} of app: its command ended before it was settled`);
    const [prospect] = result.leftOpen.map((open) => open.prospect);
    expect(prospect).toMatchObject({ would: 'take-back', files: [{ standing: 'new' }] });
    await rig.mark('open');
    await rig.exits(3, 'recover');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    for (const stage of prospect?.removes ?? ['?']) expect(existsSync(stage)).toBe(false);
  });

  it.skipIf(NO_STRACE)('after its decision, that it is finished (needs strace)', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    applyKilledAt(rig, 'unlink', '--no-guardian');
    const { text } = await dryRun();
    expect(text).toContain('was left open: it is decided to keep it');
    expect(text).toContain('finishes it: the new files stay');
    expect(text).toContain(`${CONF} is the new version, and stays`);
    await rig.exits(0, 'recover');
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });

  it.skipIf(NO_STRACE)('before it wrote, that it is cleared away (needs strace)', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    applyKilledAt(rig, 'link', '--no-guardian');
    const { text, result } = await dryRun();
    expect(text).toContain('its command ended before anything was changed');
    expect(text).toContain('cleans up: no file changes');
    const [stage = '?'] = result.leftOpen[0]?.prospect?.removes ?? [];
    expect(text).toContain(`removes ${stage}`);
    await rig.exits(0, 'recover');
    expect(existsSync(stage)).toBe(false);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});

it('of a run that waits to be confirmed, all say whether somebody waits for it', async () => {
  await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
  await rig.workspace.commit('level 2');
  const answer = await rig.applied('--confirm-within', '1h', '--json');
  const run = answer.json<ApplyResult>().result.runs[0]?.run ?? '?';
  const log = `${rig.stateDir}/guardian.log`;
  const said = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  await expect.poll(said, { timeout: 20_000 }).toContain(`run ${run} waits until`);
  const waited = await dryRun();
  expect(waited.text).toMatch(new RegExp(`run ${run} of app waits \\S+ more \\(until`));
  expect(waited.text).toContain('Nothing to recover: somebody waits for an answer.');
  expect(waited.text).not.toContain('nobody');

  for (const pid of lockHolders(lockFile(rig))) process.kill(pid, 'SIGKILL');
  await lockIsFree(rig);
  const { text, result } = await dryRun();
  const locks = await rig.exits(0, 'locks', '--json');
  expect(locks.json<LocksResult>().result.leftOpen).toMatchObject([{ run, confirm: {} }]);
  for (const words of [
    text,
    (await rig.exits(0, 'locks')).stdout,
    (await rig.exits(0, 'plan')).stdout,
    (await rig.exits(0, 'status')).stdout,
  ]) {
    expect(words).toContain('waits to be confirmed, but nobody waits for it any more');
    expect(words).not.toContain('waits until');
    expect(words).toContain(`setpoint confirm ${run}`);
  }
  expect(result.leftOpen).toMatchObject([{ run, prospect: { would: 'take-back' } }]);
  expect(text).toContain('(takes it back)');
});
