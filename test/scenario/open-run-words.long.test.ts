import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyInGateWait, CONF, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import type { Rig } from './rig/rig.ts';
import { applyToConfirm, guardianWaits } from './rig/waiting-run.ts';

const RUN = '01JZ8Y2M3N4P5Q6R7S8T9V0W1X';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

it('a plan while a run is open says that the bytes are of that run; later edits are of somebody else', async () => {
  const run = await applyToConfirm(rig);
  const own = await rig.exits(0, 'plan');
  expect(own.stdout).toContain(`(written by run ${run}, which is open)`);
  expect(own.stdout).not.toContain('someone else');
  await rig.put(CONF, 'level = 9\n');
  const theirs = await rig.exits(0, 'plan');
  expect(theirs.stdout).toContain('changed by someone else');
  expect(theirs.stdout).not.toContain('which is open)');
});

it.each([[[]], [['--reject']]])(
  'a damaged proposal is named by confirm %j, nothing is decided, and its hint takes the run back',
  async (flags) => {
    const run = await applyToConfirm(rig);
    await guardianWaits(rig, run);
    const proposal = `${rig.stateDir}/runs/${run}/proposal.json`;
    writeFileSync(proposal, '{');
    const refused = await rig.exits(1, 'confirm', ...flags);
    expect(refused.stderr).toContain('error[SP4248]');
    expect(refused.stderr).toContain(`${proposal} is damaged, so nothing was decided`);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    const guardian = Number(/end it: kill (\d+)/.exec(refused.stderr)?.[1]);
    process.kill(guardian, 'SIGTERM');
    await lockIsFree(rig);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  },
);

it('confirm without a name means the last run that waited, also when its proposal was damaged', async () => {
  const kept = await applyToConfirm(rig);
  await rig.exits(0, 'confirm');
  const run = await applyToConfirm(rig, 3);
  const proposal = `${rig.stateDir}/runs/${run}/proposal.json`;
  await guardianWaits(rig, run);
  writeFileSync(proposal, '{');
  const refused = await rig.exits(1, 'confirm');
  process.kill(Number(/end it: kill (\d+)/.exec(refused.stderr)?.[1]), 'SIGKILL');
  await lockIsFree(rig);
  await rig.exits(3, 'recover');
  const late = await rig.exits(3, 'confirm');
  expect(late.stdout + late.stderr).toContain(run);
  expect(late.stdout + late.stderr).not.toContain(kept);
});

it('the help of a damaged journal names commands that work, and doctor tells it once', async () => {
  const file = `${rig.stateDir}/journal/${RUN}.json`;
  mkdirSync(`${rig.stateDir}/journal`, { recursive: true });
  writeFileSync(file, 'x');
  const refused = await rig.exits(4, 'status');
  expect(refused.stderr).toContain('error[SP4221]');
  const doctor = await rig.exits(1, 'doctor');
  expect(doctor.stdout.split(`${file} cannot be read`)).toHaveLength(2);
  for (const { stderr, stdout } of [refused, { stderr: doctor.stdout, stdout: '' }]) {
    expect(stderr + stdout).toContain('`setpoint history --root');
    expect(stderr + stdout).not.toContain('history show');
  }
  await rig.exits(0, 'history');
  const [, move = 'false'] = /then: (mv \S+ [^\s;]+);/.exec(refused.stderr) ?? [];
  execFileSync('sh', ['-c', move]);
  await rig.exits(0, 'status');
  const aside = await rig.exits(0, 'doctor');
  // Not beside any file that is recorded: only the journal that was set aside tells of it.
  const stage = rig.real(`/opt/.setpoint-stage-${RUN}`);
  mkdirSync(stage, { recursive: true });
  const [, find = 'false'] = /`(find [^`]+)`/.exec(aside.stdout) ?? [];
  expect(execFileSync('sh', ['-c', find], { encoding: 'utf8' })).toBe(`${stage}\n`);
  const [, clear = 'false'] = /last: (rm \S+ \S+)/.exec(aside.stdout) ?? [];
  execFileSync('sh', ['-c', clear]);
  expect((await rig.exits(0, 'doctor')).stdout).not.toContain(RUN);
});

it('history show of a run without a report says what to do', async () => {
  mkdirSync(`${rig.stateDir}/runs/${RUN}`);
  const empty = await rig.exits(64, 'history', 'show', RUN);
  expect(empty.stderr).toContain(`run ${RUN} recorded nothing and left no report`);
  expect(empty.stderr).toContain(`${rig.stateDir}/runs/${RUN}; setpoint history --root`);
  const running = await applyInGateWait(rig);
  const status = await rig.exits(0, 'status');
  const run = /run ([0-9A-Z]{26}) of app/.exec(status.stdout)?.[1] ?? '';
  const open = await rig.exits(64, 'history', 'show', run);
  expect(open.stderr).toContain(`run ${run} is open: it has no report yet`);
  expect(open.stderr).toContain(`setpoint recover ${run} --dry-run --root ${rig.root}`);
  await rig.exits(0, 'recover', run, '--dry-run');
  await rig.mark('open');
  await running.result;
});
