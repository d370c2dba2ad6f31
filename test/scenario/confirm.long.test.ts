import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockHolders } from '../../src/host/lock-holders.ts';
import type { ApplyResult, ConfirmResult, StatusResult } from '../../src/operations/results.ts';
import { CONF, lockFile, lockIsFree, planLevelTwo } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { commandGate, filePlan } from './rig/plan-text.ts';
import { processEnded } from './rig/process-ended.ts';
import type { Rig } from './rig/rig.ts';
import type { SetpointProcess } from './rig/setpoint-process.ts';
import { waitForFile } from './rig/wait-for-file.ts';
import { applyToConfirm, guardianWaits } from './rig/waiting-run.ts';
import { SCORE_FIXED } from '../unit/host/may-lower-oom-score.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

/** The process that has the run lock after the applier ended. */
function waitingGuardian(): number {
  const [guardian, ...more] = lockHolders(lockFile(rig));
  if (guardian === undefined || more.length > 0) throw new Error('there is not one guardian');
  return guardian;
}

async function status(): Promise<StatusResult> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
}

function lines(level: number, own: string): string {
  return `a\nlevel = ${String(level)}\nb\nc\n${own}\n`;
}

describe('apply --confirm-within', () => {
  it('says as its last line what to do and until when, and the lock stays held', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    const { stdout } = await rig.applied('--confirm-within', '1h');
    const [open] = (await status()).openRuns;
    expect(stdout.trimEnd().split('\n').at(-1)).toContain(`setpoint confirm ${open?.run ?? '?'}`);
    expect(open).toMatchObject({ state: 'awaiting-confirmation' });
    expect(open?.confirm?.left).toBeGreaterThan(3_000_000);
    const second = await rig.exits(5, 'apply', '--auto-approve', '--lock-timeout', '200ms');
    expect(second.stderr).toContain(`for: setpoint confirm ${open?.run ?? '?'}`);
    expect(second.stderr).toContain(`setpoint confirm --reject ${open?.run ?? '?'}`);
    const shown = (await rig.exits(0, 'status')).stdout;
    expect(shown).toContain('waits 59m');
    expect(shown.trimEnd().split('\n').at(-1)).toContain(
      `Next: setpoint confirm ${open?.run ?? '?'}`,
    );
  });

  it('is kept by confirm, which needs no name when one run waits', async () => {
    const run = await applyToConfirm(rig);
    const { report } = (await rig.exits(0, 'confirm', '--json')).json<ConfirmResult>().result;
    expect(report).toMatchObject({ run, outcome: 'applied', unrecorded: false });
    const { actor, at } = report.answered ?? {};
    expect(report.answered?.answer).toBe('confirmed');
    expect((await rig.exits(0, 'history', 'show', run)).stdout).toContain(
      `confirmed by ${actor ?? '?'} at ${at ?? '?'}`,
    );
    const audit = (await readFile(`${rig.stateDir}/audit.jsonl`, 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(audit.at(-1) ?? '')).toMatchObject({ answered: report.answered });
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect((await status()).openRuns).toEqual([]);
    await rig.applied();
    expect((await rig.stateLog())[0]).toContain('applied app');
  });

  it('is taken back by confirm --reject, exit 3, and its plan is held; status says that an edit goes first', async () => {
    const run = await applyToConfirm(rig);
    await rig.put(CONF, 'level = 2\nmine\n');
    expect((await rig.exits(0, 'status')).stdout).toMatch(/Next: take the edit out .*\n$/);
    await rig.put(CONF, 'level = 2\n');
    const { stdout } = await rig.exits(3, 'confirm', run, '--reject');
    expect(stdout).toMatch(/rejected by (\S+) at \d[^]*it was rejected by \1/);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    await rig.exits(7, 'apply', '--auto-approve');
  });

  it('is taken back by the guardian when the time is over, with no further command', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    await rig.applied('--confirm-within', '5s');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await readFile(`${rig.stateDir}/guardian.log`, 'utf8')).toContain(
      'ended reverted: it was not confirmed within 5s',
    );
    const late = await rig.exits(3, 'confirm');
    expect(late.stdout).toContain('it was not confirmed within 5s');
  });

  it('is taken back at once when its guardian is told to end', async () => {
    await guardianWaits(rig, await applyToConfirm(rig));
    process.kill(waitingGuardian(), 'SIGTERM');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect((await status()).openRuns).toEqual([]);
  });

  it.skipIf(SCORE_FIXED !== null)(
    `is waited for by a guardian that the out-of-memory killer spares${SCORE_FIXED ?? ''}`,
    async () => {
      await guardianWaits(rig, await applyToConfirm(rig));
      const score = `/proc/${String(waitingGuardian())}/oom_score_adj`;
      await expect.poll(() => readFile(score, 'utf8'), { timeout: 20_000 }).toBe('-1000\n');
      await rig.exits(0, 'confirm');
    },
  );

  it('is taken back by the next command when its guardian was killed, and by confirm kept', async () => {
    const run = await applyToConfirm(rig);
    await guardianWaits(rig, run);
    process.kill(waitingGuardian(), 'SIGKILL');
    await lockIsFree(rig);
    const { stdout } = await rig.exits(0, 'status');
    expect(stdout).toContain('nobody waits for it any more');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `Next: setpoint confirm ${run} --root ${rig.root} (keeps it), or setpoint recover --root ${rig.root} (takes it back)`,
    );
    await rig.exits(3, 'recover');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    await guardianWaits(rig, await applyToConfirm(rig, 3));
    process.kill(waitingGuardian(), 'SIGKILL');
    await rig.exits(0, 'confirm');
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });

  it('is not waited for longer than --lock-timeout when its guardian is stopped: exit 5, kept later', async () => {
    await guardianWaits(rig, await applyToConfirm(rig));
    const guardian = waitingGuardian();
    process.kill(guardian, 'SIGSTOP');
    const { stderr } = await rig.exits(5, 'confirm', '--lock-timeout', '200ms');
    expect(stderr).toContain(`kill -CONT ${String(guardian)}`);
    process.kill(guardian, 'SIGCONT');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect((await status()).openRuns).toEqual([]);
  });

  it('is not confirmed when somebody edited the file: exit 6 names it', async () => {
    await applyToConfirm(rig);
    await rig.put(CONF, 'level = 9\n');
    const { stderr } = await rig.exits(6, 'confirm');
    expect(stderr).toContain(CONF);
  });

  it('says last which edits by others stay when it is rejected', async () => {
    await rig.put(CONF, lines(1, 'x'));
    await rig.workspace.plan('app', filePlan({ content: lines(2, 'x') }));
    await rig.workspace.commit('lines');
    await rig.applied('--confirm-within', '1h');
    await rig.put(CONF, lines(2, 'theirs'));
    const { stdout } = await rig.exits(3, 'confirm', '--reject');
    expect(await rig.read(CONF)).toBe(lines(1, 'theirs'));
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last).toContain(`as before but for edits by others in ${CONF}.`);
  });

  it.each([
    ['a time that is too short', ['--confirm-within', '1s']],
    ['a time that is too long', ['--confirm-within', '25h']],
    ['no time', ['--confirm-within', 'soon']],
    ['no guardian', ['--confirm-within', '1h', '--no-guardian']],
  ])('refuses %s: exit 64', async (_, flags) => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    await rig.exits(64, 'apply', '--auto-approve', ...flags);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('refuses no guardian also where nothing would change: exit 64', async () => {
    const flags = ['--auto-approve', '--confirm-within', '1h', '--no-guardian'];
    expect((await rig.exits(64, 'apply', ...flags)).stderr).toContain('SP4246');
  });

  it('refuses several plans that write, and asks to name one: exit 64', async () => {
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.plan('other', filePlan({ path: '/etc/other.conf' }));
    await rig.workspace.commit('two plans');
    const { stderr } = await rig.exits(64, 'apply', '--auto-approve', '--confirm-within', '1h');
    expect(stderr).toContain('app, other');
    await rig.applied('app', '--confirm-within', '1h');
    await rig.exits(0, 'confirm');
  });
});

/** An apply whose gate is red before and after it is taken back, until `<dir>/open` is there; its first SIGINT was sent. */
async function reverting(...args: readonly string[]): Promise<SetpointProcess> {
  await planLevelTwo(rig, 'after, revert');
  const running = rig.start('apply', '--auto-approve', ...args);
  await Promise.race([waitForFile(`${rig.dir}/asked`), running.result]);
  return running;
}

/** The revert waits for its gate: the old file is back and the gate was asked again. */
async function inRevertGate(first: () => void): Promise<void> {
  await rm(`${rig.dir}/asked`);
  first();
  await expect.poll(() => rig.read(CONF), { timeout: 20_000 }).toBe('level = 1\n');
  await rm(`${rig.dir}/asked`, { force: true });
  await waitForFile(`${rig.dir}/asked`);
}

describe('a second signal while the revert is proven', () => {
  it('hands it over: exit 130 at once, one envelope, and the guardian finishes', async () => {
    const running = await reverting('--json');
    await inRevertGate(() => running.signal('SIGINT'));
    running.signal('SIGINT');
    const answer = await running.result;
    expect(answer).toMatchObject({ code: 130 });
    expect(answer.stderr.trimEnd().split('\n').at(-1)).toBe('revert: handed-over');
    const { result } = answer.json<ApplyResult & { readonly revert: string }>();
    expect(result).toMatchObject({
      revert: 'handed-over',
      exitCode: 130,
      runs: [],
      handedOver: { plan: 'app', decision: 'revert' },
    });
    await rig.mark('open');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect((await status()).openRuns).toEqual([]);
  });

  it('SIGTERM and then SIGKILL, as CI runners do, end in the same proven revert', async () => {
    const running = await reverting();
    await inRevertGate(() => running.signal('SIGTERM'));
    running.signal('SIGKILL');
    await running.result;
    await rig.mark('open');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect((await status()).openRuns).toEqual([]);
    expect((await rig.stateLog())[0]).toContain('reverted app');
  });

  it('without a guardian it ends at once with one envelope, and recover settles the run', async () => {
    await planLevelTwo(rig, 'after, revert');
    const running = rig.start('apply', '--auto-approve', '--no-guardian', '--json');
    await Promise.race([waitForFile(`${rig.dir}/asked`), running.result]);
    await inRevertGate(() => running.signal('SIGTERM'));
    running.signal('SIGTERM');
    const answer = await running.result;
    expect(answer).toMatchObject({ code: 143 });
    expect(JSON.parse(answer.stdout)).toMatchObject({ ok: false, error: { code: 'SP9011' } });
    expect(answer.stderr.trimEnd().split('\n').at(-1)).toBe('revert: not-done');
    await rig.mark('open');
    await rig.exits(3, 'recover');
  });
});

it('one signal: --json says revert: done, too', async () => {
  await rig.workspace.plan(
    'app',
    filePlan({
      content: 'level = 2\n',
      gates: [commandGate(`touch ${rig.dir}/asked; exit 1`, { within: '60s', phases: 'after' })],
    }),
  );
  await rig.workspace.commit('level 2');
  const running = rig.start('apply', '--auto-approve', '--json');
  await Promise.race([waitForFile(`${rig.dir}/asked`), running.result]);
  running.signal('SIGINT');
  const answer = await running.result;
  expect(answer).toMatchObject({ code: 130 });
  expect(answer.json<{ readonly revert: string }>().result.revert).toBe('done');
});

describe('a root that is moved away while a confirmation is awaited', () => {
  it('is not made anew by the guardian, which ends and says where to recover; nothing is lost', async () => {
    const run = await applyToConfirm(rig);
    await guardianWaits(rig, run);
    const guardian = waitingGuardian();
    const moved = `${rig.root}.moved`;
    await rename(rig.root, moved);
    process.kill(guardian, 'SIGTERM');
    await processEnded(guardian);
    expect(existsSync(rig.root)).toBe(false);
    const log = await readFile(`${moved}/var/lib/setpoint/guardian.log`, 'utf8');
    expect(log.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`nothing more is done here: .*: setpoint recover --root ${moved}$`, 'u'),
    );
    await rename(moved, rig.root);
    await rig.exits(3, 'recover');
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});
