import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blockedFiles } from '../../../src/apply/journal/blocked-files.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { trailerValue, TRAILER } from '../../../src/git/record/commit-message.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { runInput } from './run-inputs.ts';
import { hostPath, openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/manifests/b.yaml';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n');
  rig.write(B, 'old b\n', 0o600);
});
afterEach(() => rig.close());

/** Green only while `path` holds its old content. */
const whileOld = (path: string): string => `grep -q old ${rig.real(path)}`;

async function statuses(): Promise<readonly (string | null)[]> {
  const log = await rig.state.log(10);
  return log.map(({ trailers }) => trailerValue(trailers, TRAILER.status)).toReversed();
}

function expectSettled(): void {
  expect(openJournals(rig.host)).toEqual([]);
  expect(readdirSync(rig.real('/etc/app')).sort()).toEqual(['a.conf', 'manifests']);
}

test('a red gate after the second file takes both back and proves it, in two commits', async () => {
  const inode = statSync(rig.real(A)).ino;
  const input = await runInput(rig, [
    { path: A, to: 'new a\n' },
    { path: B, to: 'new b\n', watched: true, gates: [whileOld(B)] },
  ]);
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('reverted');
  expect(report.reason).toContain(`${B}[0]`);
  expect([rig.read(A), rig.read(B)]).toEqual(['old a\n', 'old b\n']);
  expect(statSync(rig.real(A)).ino).toBe(inode);
  expect(await statuses()).toEqual(['attempted', 'reverted']);
  const [attempt, revert] = report.commits;
  expect(Buffer.from((await rig.state.copyOf(hostPath(A), attempt)) ?? []).toString()).toBe(
    'new a\n',
  );
  expect(await rig.state.copyOf(hostPath(A), revert)).toBeNull();
  expect((await rig.state.load()).plans[0]?.hold?.run).toBe(input.run);
  expectSettled();
});

test.each(['audits', 'onChange'] as const)(
  'a failure in %s reverts and holds the plan',
  async (part) => {
    const edit = { path: A, to: 'new\n', [part]: [whileOld(A)] };
    const { report } = await executeRun(rig.context, await runInput(rig, [edit]));
    expect(report.outcome).toBe('reverted');
    expect(rig.read(A)).toBe('old a\n');
    expect((await rig.state.load()).plans[0]?.hold).not.toBeNull();
    expectSettled();
  },
);

test('actions run again on the old files', async () => {
  const onChange = [`cat ${rig.real(A)} >> ${rig.real('/seen')}`];
  await executeRun(
    rig.context,
    await runInput(rig, [{ path: A, to: 'new a\n', onChange, audits: ['false'] }]),
  );
  expect(rig.read('/seen')).toBe('new a\nold a\n');
});

test('an action whose program does not exist reverts, and does not keep the revert from being proven', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const action = { run: ['no-such-program'], timeout: 1000 as Millis };
  const steps = input.part.steps.map((step) => ({ ...step, onChange: [action] }));
  const { report } = await executeRun(rig.context, { ...input, part: { ...input.part, steps } });
  expect(report.outcome).toBe('reverted');
  expect(report.reason).toContain('no-such-program could not be started');
  expectSettled();
});

test('created files and directories go, deleted files and permissions come back', async () => {
  rig.write('/etc/app/mode.conf', 'm\n', 0o600);
  const input = await runInput(
    rig,
    [
      { path: '/etc/app/new/deep/c.conf', to: 'c\n' },
      { path: A, to: null },
      { path: '/etc/app/mode.conf', to: 'm\n', mode: 0o644 },
    ],
    { planGates: [whileOld(A)] },
  );
  const inode = statSync(rig.real(A)).ino;
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('reverted');
  expect(statSync(rig.real(A)).ino).toBe(inode);
  expect(statSync(rig.real(A)).nlink).toBe(1);
  expect(rig.stateOf('/etc/app/mode.conf')?.mode).toBe(0o600);
  expect(readdirSync(rig.real('/etc/app')).sort()).toEqual(['a.conf', 'manifests', 'mode.conf']);
});

test('an interrupt during a gate wait reverts without a hold', async () => {
  rig.on('gate-attempt', (event) => {
    if (event.type === 'gate-attempt' && event.phase === 'after') rig.interrupt.abort();
  });
  const input = await runInput(rig, [{ path: A, to: 'new\n', gates: [whileOld(A)] }]);
  const { report } = await executeRun(rig.context, input);
  expect(report).toMatchObject({ outcome: 'reverted', reason: 'interrupted' });
  expect(rig.read(A)).toBe('old a\n');
  expect((await rig.state.load()).plans).toEqual([]);
});

test('an interrupt before the commit point changes nothing', async () => {
  rig.on('staged', () => rig.interrupt.abort());
  const { report } = await executeRun(rig.context, await runInput(rig, [{ path: A, to: 'new\n' }]));
  expect(report.outcome).toBe('interrupted');
  expect(rig.read(A)).toBe('old a\n');
  expect(await rig.state.head()).toBeNull();
  expectSettled();
});

test('a file edited between plan and staging stops the run as stale', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new\n' }]);
  rig.write(A, 'foreign\n');
  const { report, refusal } = await executeRun(rig.context, input);
  expect([report.outcome, refusal]).toEqual(['failed', 'stale']);
  expect(rig.read(A)).toBe('foreign\n');
  expectSettled();
});

test('a file edited between staging and its rename is not overwritten; what was done is taken back', async () => {
  const input = await runInput(rig, [
    { path: A, to: 'new a\n' },
    { path: B, to: 'new b\n', watched: true },
  ]);
  rig.on('written', () => {
    rmSync(rig.real(B));
    writeFileSync(rig.real(B), 'foreign\n');
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('reverted');
  expect([rig.read(A), rig.read(B)]).toEqual(['old a\n', 'foreign\n']);
  expectSettled();
});

test('a file that appears where a new one goes is not overwritten', async () => {
  const input = await runInput(rig, [{ path: '/etc/app/c', to: 'ours\n' }]);
  rig.on('staged', () => rig.write('/etc/app/c', 'foreign\n'));
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('reverted');
  expect(rig.read('/etc/app/c')).toBe('foreign\n');
});

test('a foreign edit during the gate wait ends in revert-failed, with both contents saved and commands that work', async () => {
  const input = await runInput(rig, [
    { path: A, to: 'new a\n' },
    { path: B, to: 'new b\n' },
  ]);
  rig.on('written', (event) => {
    if (event.type === 'written' && event.path === B) rig.write(A, 'foreign\n');
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  // Together, or not at all: a half-old host is worse than the new one.
  expect([rig.read(A), rig.read(B)]).toEqual(['foreign\n', 'new b\n']);
  expect(report.manualCommands.at(-1)).toBe(`setpoint recover --root ${rig.root} --host cp-1`);
  const folder = join(rig.host.stateDir, 'runs', input.run);
  expect(readFileSync(join(folder, 'foreign/0'), 'utf8')).toBe('foreign\n');
  expect(readFileSync(join(folder, 'old/0'), 'utf8')).toBe('old a\n');
  expect([...blockedFiles(rig.host).keys()]).toEqual([A, B]);
  expect(await rig.state.head()).toBeNull();

  const blocked = await executeRun(rig.context, await runInput(rig, [{ path: B, to: 'x\n' }]));
  expect([blocked.report.outcome, blocked.refusal]).toEqual(['failed', 'blocked']);

  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('revert-failed');
  for (const line of report.manualCommands.slice(0, -1)) {
    const done = await rig.host.commands.run(['sh', '-c', line], {
      cwd: '/',
      timeout: 5000 as Millis,
    });
    expect(done.exitCode).toBe(0);
  }
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
  expect([rig.read(A), rig.read(B)]).toEqual(['old a\n', 'old b\n']);
  expect(await recoverRuns(rig.context)).toEqual([]);
  expect(blockedFiles(rig.host).size).toBe(0);
  expect(await statuses()).toEqual(['attempted', 'reverted']);
  expectSettled();
});

test('a host that stays unhealthy after the revert needs a person; once healthy, recover settles it', async () => {
  const gate = `test -e ${rig.real('/healthy')}`;
  rig.write('/healthy', '');
  const input = await runInput(rig, [{ path: A, to: 'new\n', gates: [gate] }]);
  rig.on('written', () => rmSync(rig.real('/healthy')));
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  expect(rig.read(A)).toBe('old a\n');
  expect(await recoverRuns(rig.context, { retryFailed: false })).toEqual([]);
  rig.write('/healthy', '');
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
  expectSettled();
});

test('bytes written to the old file through a held descriptor are never put back as the old content', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new\n', audits: ['false'] }]);
  rig.on('written', () => {
    const stage = join(rig.real('/etc/app'), `.setpoint-stage-${input.run}`);
    writeFileSync(join(stage, '0.old'), 'scribble\n');
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  expect(existsSync(rig.real(A))).toBe(true);
});
