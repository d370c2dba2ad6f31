import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns, settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import { runInput, type FileEdit, type PartOptions } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n');
});
afterEach(() => rig.close());

/** The terminal is gone. */
function broken(): never {
  throw new Error('EPIPE');
}

async function apply(edit: Partial<FileEdit>, options: PartOptions = {}) {
  return executeRun(
    rig.context,
    await runInput(rig, [{ path: A, to: 'new a\n', ...edit }], options),
  );
}

/** An applier that dies once the new file is there, in its first action: without one it would live on beside the recovery. */
async function dieAfterWriting(edit: Partial<FileEdit>): Promise<void> {
  const input = await runInput(rig, [{ path: A, to: 'new a\n', ...edit }]);
  const gone = new Promise<void>((resolve) => {
    rig.on('written', () => resolve());
  });
  // Commands of the dead applier never come back.
  const commands = { run: () => new Promise<never>(() => {}) };
  const host = { ...rig.host, commands };
  const steps = input.part.steps.map((step) => ({
    ...step,
    gates: step.gates.map((gate) => ({ ...gate, phases: ['after', 'revert'] as const })),
  }));
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, host }, { ...input, part: { ...input.part, steps } }).catch(
    () => {},
  );
  await gone;
}

test('an action that fails on the new files and again on the old ones does not block them: reverted and held', async () => {
  const { report, diagnostics } = await apply({ onChange: ['exit 3'] });
  expect(report.outcome).toBe('reverted');
  expect(report.reason).toContain('on the old files action sh -c exit 3 exited 3');
  expect(diagnostics.map(({ code }) => code)).toEqual(['SP4205']);
  expect(rig.read(A)).toBe('old a\n');
  expect((await rig.state.load()).plans[0]?.hold).not.toBeNull();
  expect(openJournals(rig.host)).toEqual([]);
});

test('the gates still judge such a revert', async () => {
  const gate = `test ! -e ${rig.real('/broken')}`;
  const { report } = await apply({
    onChange: [`touch ${rig.real('/broken')}; exit 3`],
    gates: [gate],
  });
  expect(report.outcome).toBe('revert-failed');
});

test('an action that passed on the new files and fails on the old ones needs a person; asked again, recovery accepts it', async () => {
  const { report } = await apply({ onChange: [`grep new ${rig.real(A)}`], audits: ['false'] });
  expect(report.outcome).toBe('revert-failed');
  expect(rig.read(A)).toBe('old a\n');
  expect(await recoverRuns(rig.context, { retryFailed: false })).toEqual([]);
  const [again] = await recoverRuns(rig.context);
  expect(again?.outcome).toBe('reverted');
  expect(again?.reason).toContain('accepted because recovery was asked for again');
  expect(await recoverRuns(rig.context)).toEqual([]);
});

test('asked again, recovery accepts nothing while a gate is worse than before', async () => {
  const gate = `grep -q old ${rig.real(A)} && test ! -e ${rig.real('/broken')}`;
  const onChange = [`grep new ${rig.real(A)} || { touch ${rig.real('/broken')}; exit 1; }`];
  expect((await apply({ onChange, gates: [gate] })).report.outcome).toBe('revert-failed');
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('revert-failed');
});

test('after a dead applier a failing action is accepted when a green gate proves the old state', async () => {
  await dieAfterWriting({ onChange: ['exit 3'], gates: [`grep -q old ${rig.real(A)}`] });
  const [ended] = await settleOpenRuns(rig.context);
  expect(ended?.report.outcome).toBe('reverted');
  expect(ended?.diagnostics.map(({ code }) => code)).toEqual(['SP4205']);
});

test('without any gate it needs a person first', async () => {
  await dieAfterWriting({ onChange: ['exit 3'] });
  const [first] = await recoverRuns(rig.context);
  expect(first?.outcome).toBe('revert-failed');
  expect(first?.reason).toContain('no gate proves the host');
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
});

test('recovery knows from the decision that an action had failed on the new files', async () => {
  const reached = new Promise<void>((resolve) => {
    rig.on('restored', () => resolve());
  });
  const input = await runInput(rig, [{ path: A, to: 'new a\n', onChange: ['exit 3'] }]);
  let calls = 0;
  const commands: typeof rig.host.commands = {
    run: (argv, options) =>
      (calls += 1) > 1 ? new Promise(() => {}) : rig.host.commands.run(argv, options),
  };
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, host: { ...rig.host, commands } }, input).catch(() => {});
  await reached;
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
});

test('unfinished files of killed processes go when their run is settled', async () => {
  const { stateDir } = rig.host;
  await dieAfterWriting({ onChange: ['true'] });
  const [journal] = openJournals(rig.host);
  if (journal === undefined) throw new Error('the run is open');
  const folder = runFolder(stateDir, journal.header.run);
  const stale = [folder.dir, `${stateDir}/journal`].map(
    (dir) => `${dir}/.setpoint-${'a'.repeat(16)}.tmp`,
  );
  for (const path of stale) writeFileSync(path, '');
  await recoverRuns(rig.context);
  expect(stale.map((path) => rig.stateOf(path.slice(rig.root.length)))).toEqual([null, null]);
});

test('a listener that throws does not keep recovery from its work', async () => {
  await dieAfterWriting({ onChange: ['true'] });
  const [ended] = await settleOpenRuns({ ...rig.context, listener: broken });
  expect(ended?.report.outcome).toBe('reverted');
});
