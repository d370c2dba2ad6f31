import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { restoreOpenRuns } from '../../../src/apply/recovery/restore-open-runs.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import type { SettleChoice } from '../../../src/model/outcome.ts';
import { settle } from './failed-run.ts';
import { runInput } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';

let rig: RunRig;
let decision: string;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n');
  rig.write(B, 'old b\n');
});
afterEach(() => rig.close());

/** The applier dies right after its decision `keep`, or after recording it; then the disk damages the decision. */
async function damaged(at: 'decided' | 'recorded', text = ''): Promise<void> {
  const input = await runInput(rig, [
    { path: A, to: 'new a\n' },
    { path: B, to: 'new b\n' },
  ]);
  const died = new Promise<void>((resolve) => {
    const state = {
      ...rig.state,
      async advance(...given: Parameters<RunRig['state']['advance']>): Promise<void> {
        if (at === 'recorded') await rig.state.advance(...given);
        resolve();
        await new Promise(() => {});
      },
    };
    // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
    executeRun({ ...rig.context, state }, input).catch(() => {});
  });
  await died;
  decision = runFolder(rig.host.stateDir, input.run).decision;
  writeFileSync(decision, text);
}

/** Digests that are recorded for both files. */
async function recorded(): Promise<readonly (string | undefined)[]> {
  const { files } = await rig.state.load();
  return [A, B].map((path) => files.get(path as never)?.state?.sha256);
}

test.each(['', 'x', '{"formatVersion":1}'])(
  'a decision that reads %j is not guessed at: no file is touched, and a person is asked, each time',
  async (text) => {
    await damaged('decided', text);
    for (let times = 0; times < 2; times += 1) {
      const [report] = await recoverRuns(rig.context);
      expect(report).toMatchObject({ outcome: 'revert-failed' });
      expect(report?.reason).toContain(decision);
      expect([rig.read(A), rig.read(B)]).toEqual(['new a\n', 'new b\n']);
    }
    expect(readFileSync(decision, 'utf8')).toBe(text);
  },
);

test('at boot no byte is moved for it either', async () => {
  await damaged('decided');
  const [ended] = await restoreOpenRuns(rig.context);
  expect(ended?.report.outcome).toBe('revert-failed');
  expect([rig.read(A), rig.read(B)]).toEqual(['new a\n', 'new b\n']);
  expect(openJournals(rig.host)).toHaveLength(1);
});

const CHOICES: readonly (readonly [SettleChoice, string, string])[] = [
  ['take-old', 'reverted', 'old'],
  ['take-new', 'applied', 'new'],
  ['keep-live', 'kept-live', 'new'],
];
test.each(
  CHOICES.flatMap((choice) =>
    (['decided', 'recorded'] as const).map((at) => [...choice, at] as const),
  ),
)(
  '--%s settles it: %s, every file %s, also when its applier died after it had %s',
  async (choice, outcome, content, at) => {
    await damaged(at);
    await recoverRuns(rig.context);
    const { report, open } = await settle(rig, choice);
    expect([report.outcome, open]).toEqual([outcome, false]);
    expect([rig.read(A), rig.read(B)]).toEqual([`${content} a\n`, `${content} b\n`]);
    expect([existsSync(decision), readFileSync(`${decision}.damaged`, 'utf8')]).toEqual([
      false,
      '',
    ]);
    const live = [A, B].map((path) => rig.stateOf(path)?.sha256);
    // They were not managed before the run: then they are not after it was taken back either, also when it was recorded as kept.
    const none = [undefined, undefined];
    const wanted = { 'take-old': none, 'take-new': live, 'keep-live': await recorded() }[choice];
    expect(await recorded()).toEqual(wanted);
    expect(openJournals(rig.host)).toEqual([]);
    expect(await recoverRuns(rig.context)).toEqual([]);
  },
);

test('the cause of a revert whose decision could not be written is recorded from its report', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n', audits: ['false'] }]);
  const { decision: file, verification } = runFolder(rig.host.stateDir, input.run);
  // Nothing can be recorded, and no decision is there afterwards.
  const state = { ...rig.state, commitId: full };
  const { report, open } = await executeRun({ ...rig.context, state }, input);
  expect([report.outcome, report.unrecorded, open]).toEqual(['reverted', true, true]);
  rmSync(file);
  rmSync(verification, { force: true });
  const [recovered] = await recoverRuns(rig.context);
  expect(recovered?.outcome).toBe('reverted');
  expect(recovered?.reason).toContain('intended effect');
});

function full(): never {
  throw new SetpointError(4, [{ code: 'SP6012', severity: 'error', message: 'disk full' }]);
}
