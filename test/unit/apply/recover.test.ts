import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDecision } from '../../../src/apply/journal/decision.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals, writeJournal } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { readRunReport } from '../../../src/apply/journal/report-file.ts';
import { journalPath, runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { RunInput } from '../../../src/apply/machine/run-input.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import { runInput } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n');
});
afterEach(() => rig.close());

/** An applier that is gone: it never comes back from this call. */
function hang(): Promise<never> {
  return new Promise(() => {});
}

test('a run whose revert was decided is reverted by whoever comes next', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n', audits: ['false'] }]);
  const journal = new Promise<void>((resolve) => {
    rig.on('decided', () => resolve());
  });
  const hanging = { ...rig.state, advance: hang };
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, state: hanging }, input).catch(() => {});
  await journal;
  await vanished(
    () =>
      rig.read(A) === 'old a\n' && existsSync(runFolder(rig.host.stateDir, input.run).verification),
  );
  expect(openJournals(rig.host)).toHaveLength(1);
  const [report] = await recoverRuns(rig.context);
  expect(report).toMatchObject({ outcome: 'reverted', run: input.run });
  expect(report?.commits).toHaveLength(2);
  expect(await recoverRuns(rig.context)).toEqual([]);
  expect(readRunReport(rig.host.stateDir, input.run)?.outcome).toBe('reverted');
});

test('a run that was kept but not recorded is finished with the very commit that was decided', async () => {
  const reached = new Promise<void>((resolve) => rig.on('decided', () => resolve()));
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, state: { ...rig.state, advance: hang } }, input).catch(() => {});
  await reached;
  const decision = readDecision(runFolder(rig.host.stateDir, input.run).decision);
  const [report] = await recoverRuns(rig.context);
  expect(report).toMatchObject({ outcome: 'applied', unrecorded: false, run: input.run });
  expect(rig.read(A)).toBe('new a\n');
  const promised = decision?.commits.map((spec) => rig.state.commitId(spec));
  expect([await rig.state.head()]).toEqual(promised);
  expect(readdirSync(rig.real('/etc/app'))).toEqual(['a.conf']);
});

test('a run whose folder the power cut took is taken back, and its commands have a directory to run in', async () => {
  const acting = new Promise<void>((resolve) => rig.on('written', () => resolve()));
  const input = await runInput(rig, [{ path: A, to: 'new a\n', onChange: ['true'] }]);
  const commands = { ...rig.host.commands, run: hang };
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, host: { ...rig.host, commands } }, input).catch(() => {});
  await acting;
  rmSync(runFolder(rig.host.stateDir, input.run).dir, { recursive: true });
  const [report] = await recoverRuns(rig.context);
  expect(report).toMatchObject({ outcome: 'reverted', manualCommands: [] });
  expect(rig.read(A)).toBe('old a\n');
  expect(await recoverRuns(rig.context)).toEqual([]);
});

test.each(['{"outcome":"reverted","reason":"x"}', '{"outcome":"reverted"', 'null'])(
  'a report that is not one (%s) keeps no file from coming back',
  async (text) => {
    const acting = new Promise<void>((resolve) => rig.on('written', () => resolve()));
    const input = await runInput(rig, [{ path: A, to: 'new a\n', onChange: ['true'] }]);
    const commands = { ...rig.host.commands, run: hang };
    // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
    executeRun({ ...rig.context, host: { ...rig.host, commands } }, input).catch(() => {});
    await acting;
    writeFileSync(runFolder(rig.host.stateDir, input.run).report, text);
    const [report] = await recoverRuns(rig.context);
    expect(report).toMatchObject({ outcome: 'reverted', manualCommands: [] });
    expect(rig.read(A)).toBe('old a\n');
  },
);

test('a decision that somebody else made first is obeyed', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n', audits: ['false'] }]);
  const { decision } = runFolder(rig.host.stateDir, input.run);
  rig.on('audit-finished', () => {
    const kept = {
      formatVersion: 1,
      decision: 'keep',
      reason: null,
      hold: false,
      at: '',
      commits: [],
      checks: [],
      processes: { processes: [] },
    };
    writeFileSync(decision, JSON.stringify(kept));
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('applied');
  expect(rig.read(A)).toBe('new a\n');
});

test('a listener that throws changes nothing but is told', async () => {
  const context = {
    ...rig.context,
    listener: () => {
      throw new Error('EPIPE');
    },
  };
  const { report, diagnostics } = await executeRun(
    context,
    await runInput(rig, [{ path: A, to: 'new a\n' }]),
  );
  expect(report.outcome).toBe('applied');
  expect(diagnostics.map(({ code }) => code)).toEqual(['SP4204']);
});

test('a kept run that cannot be recorded is applied and unrecorded, and recovery completes it', async () => {
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('disk')) };
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const { report } = await executeRun({ ...rig.context, state: broken }, input);
  expect(report).toMatchObject({ outcome: 'applied', unrecorded: true });
  expect((await recoverRuns(rig.context))[0]).toMatchObject({
    outcome: 'applied',
    unrecorded: false,
  });
  expect(await recoverRuns(rig.context)).toEqual([]);
});

test('a foreign edit after keep is left alone: it is drift', async () => {
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('disk')) };
  await executeRun(
    { ...rig.context, state: broken },
    await runInput(rig, [{ path: A, to: 'new a\n' }]),
  );
  rig.write(A, 'foreign\n');
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('applied');
  expect(rig.read(A)).toBe('foreign\n');
});

test('recovery needs neither the workspace nor the plan file', async () => {
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('disk')) };
  const input = await runInput(rig, [
    { path: A, to: 'new a\n', onChange: ['grep -q old "$PWD/../../../../../../etc/app/a.conf"'] },
  ]);
  await executeRun({ ...rig.context, state: broken }, input);
  rmSync(input.workspaceDir, { recursive: true });
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
});

test('a journal that cannot be read stops recovery before it touches anything', async () => {
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('disk')) };
  await executeRun(
    { ...rig.context, state: broken },
    await runInput(rig, [{ path: A, to: 'new a\n' }]),
  );
  writeFileSync(journalPath(rig.host.stateDir, 'ZZZ' as RunInput['run']), '{}');
  await expect(recoverRuns(rig.context)).rejects.toThrow(/SP4221/);
  expect(openJournalCount()).toBe(2);
});

test('recovery ends the programs that a dead applier left, and nobody with a reused id', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const broken = { ...rig.state, advance: () => Promise.reject(new Error('disk')) };
  await executeRun({ ...rig.context, state: broken }, input);
  const mine = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const stranger = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const running = await procProcesses().list();
  const noted = [mine, stranger].map((child) => ({
    group: child.pid,
    startTime: child === mine ? running.find((p) => p.pid === child.pid)?.startTime : '1',
    bootId: rig.host.bootId,
  }));
  const lines = `${noted.map((group) => JSON.stringify(group)).join('\n')}\n{"torn`;
  writeFileSync(runFolder(rig.host.stateDir, input.run).processGroups, lines);
  const ended = once(mine, 'exit');
  await recoverRuns(rig.context);
  await ended;
  expect(stranger.exitCode).toBeNull();
  expect(stranger.signalCode).toBeNull();
  stranger.kill('SIGKILL');
});

test('a directory that was only meant to be made is no problem when nothing was staged', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const stage = join(rig.real('/etc/app'), `.setpoint-stage-${input.run}`);
  await executeRun(
    { ...rig.context, state: { ...rig.state, advance: () => Promise.reject(new Error('x')) } },
    input,
  );
  const [journal] = openJournals(rig.host);
  if (journal === undefined) throw new Error('the journal is open');
  const { toolVersion, header, intent } = journal;
  await writeJournal(rig.host, { phase: 'staging', toolVersion, header, intent });
  rmSync(stage, { recursive: true });
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('interrupted');
  expect(await recoverRuns(rig.context)).toEqual([]);
});

function openJournalCount(): number {
  return readdirSync(join(rig.host.stateDir, 'journal')).length;
}

/** Resolves when the condition holds; looked at between turns of the event loop. */
async function vanished(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test('the locks of a git that died with its applier do not keep recovery from recording the run', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  // Only then does no git of the applier run any more.
  await new Promise<void>((resolve) => {
    const advance = (): Promise<never> => {
      resolve();
      return hang();
    };
    // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
    executeRun({ ...rig.context, state: { ...rig.state, advance } }, input).catch(() => {});
  });
  const branch = join(rig.state.dir, 'refs/heads/setpoint');
  mkdirSync(branch, { recursive: true });
  writeFileSync(join(branch, 'cp-1.lock'), '');
  const [report] = await recoverRuns(rig.context);
  expect(report).toMatchObject({ outcome: 'applied', unrecorded: false, run: input.run });
  expect(openJournals(rig.host)).toEqual([]);
});
